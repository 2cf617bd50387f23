// For each stretch of 250 ms, the longest task of the extension host's thread, in one JSON object a line: how long a timer
// came late, and how much of that time this thread was computing. On a machine with other work the first is the larger.
// Beside it, every few seconds, a profile of what it computed, which tells whose code it was.
const { appendFileSync } = require('node:fs');
const { Session } = require('node:inspector');

const resolution = 2;
const stretch = 250;
const profileStretch = 5000;
const sampleMicroseconds = 500;

exports.activate = () => {
  const file = process.env.REINFORCE_TEST_EVENT_LOOP;
  let last = performance.now();
  let lastBusy = busyMilliseconds();
  let longest = { late: 0, busy: 0 };
  setInterval(() => {
    const now = performance.now();
    const busy = busyMilliseconds();
    longest = {
      late: Math.max(longest.late, now - last - resolution),
      busy: Math.max(longest.busy, busy - lastBusy),
    };
    [last, lastBusy] = [now, busy];
  }, resolution).unref();
  setInterval(() => {
    const line = JSON.stringify({ time: Date.now(), ...longest });
    longest = { late: 0, busy: 0 };
    appendFileSync(file, `${line}\n`);
  }, stretch).unref();

  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: sampleMicroseconds });
  session.post('Profiler.start');
  setInterval(() => {
    session.post('Profiler.stop', (_, { profile }) => {
      appendFileSync(`${file}.profiles`, `${JSON.stringify(profile)}\n`);
    });
    session.post('Profiler.start');
    // Taking the profile was a task of the probe alone.
    [last, lastBusy] = [performance.now(), busyMilliseconds()];
  }, profileStretch).unref();
};

function busyMilliseconds() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
