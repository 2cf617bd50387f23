// Tries: to close the channel of the answer
// Label: forbidden-syntax
// Without the denylist: exited-early, crashed, timeout, failed
process.getBuiltinModule('node:fs').closeSync(3);
return 41;
