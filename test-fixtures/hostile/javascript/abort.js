// Tries: to abort the process
// Label: forbidden-syntax
// Without the denylist: crashed
process.abort();
