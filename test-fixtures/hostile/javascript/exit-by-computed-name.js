// Tries: to reach the process by a name that is put together
// Label: forbidden-syntax
// Without the denylist: exited-early
globalThis['pro' + 'cess'].exit(0);
