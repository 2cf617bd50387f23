// For each stretch of 250 ms, the longest task of the extension host's thread, in one JSON object a line: how long a timer
// came late, and how much of that time this thread was computing. On a machine with other work the first is the larger.
const { appendFileSync } = require('node:fs');

const resolution = 2;
const stretch = 250;

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
};

function busyMilliseconds() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
