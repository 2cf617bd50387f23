// Tries: to leave a thread behind that never ends
// Label: forbidden-syntax
// Without the denylist: failed, timeout, out-of-memory
const { Worker } = process.getBuiltinModule('node:worker_threads');
new Worker('for (;;) {}', { eval: true });
return 41;
