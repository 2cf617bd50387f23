// Tries: to leave a thread behind that never ends
// Label: forbidden-syntax
// Without the denylist: failed, timeout
const { Worker } = process.getBuiltinModule('node:worker_threads');
new Worker('for (;;) {}', { eval: true });
return 41;
