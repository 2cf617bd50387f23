// Tries: to leave a thread behind that never ends, for which there is no room
// Label: forbidden-syntax
// Without the denylist: out-of-memory
const { Worker } = process.getBuiltinModule('node:worker_threads');
new Worker('for (;;) {}', { eval: true });
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15_000);
return 41;
