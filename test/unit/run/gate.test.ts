import { expect, test } from 'vitest';
import { Gate } from '../../../trainer/run/gate.ts';

/** Whether work passes the gate before anything else gets a turn. */
async function passesAtOnce(gate: Gate): Promise<boolean> {
  const passed = gate.pass().then(() => true);
  return Promise.race([passed, new Promise<false>((done) => setImmediate(() => done(false)))]);
}

test('work passes an open gate, and waits at a paused one until it is opened', async () => {
  const gate = new Gate();
  expect(await passesAtOnce(gate)).toBe(true);
  gate.pause();
  expect(await passesAtOnce(gate)).toBe(false);
  const passed = gate.pass();
  gate.continue();
  await passed;
  expect(await passesAtOnce(gate)).toBe(true);
});

test('work that yields goes on by itself, and the time that it waited is counted', async () => {
  const gate = new Gate();
  gate.yieldFor(30);
  gate.yieldFor(5); // A shorter wish does not cut the longer one short.
  const before = performance.now();
  await gate.pass();
  const waited = (performance.now() - before) / 1000;
  expect(waited).toBeGreaterThanOrEqual(0.028);
  expect(gate.secondsShut).toBeGreaterThan(0.02);
  expect(gate.secondsShut).toBeLessThanOrEqual(waited);
});

test('work that waits is ended by its signal', async () => {
  const gate = new Gate();
  gate.pause();
  const stop = new AbortController();
  const passed = gate.pass(stop.signal);
  stop.abort(new Error('Stop it.'));
  await expect(passed).rejects.toThrow('Stop it.');
});

test('opening a paused gate does not cut a yield short', async () => {
  const gate = new Gate();
  gate.yieldFor(20);
  gate.pause();
  const passed = gate.pass();
  gate.continue();
  expect(await Promise.race([passed, Promise.resolve('waits')])).toBe('waits');
  await passed;
});
