// Tries: to wait for ever
// Label: forbidden-syntax
// Without the denylist: timeout
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
