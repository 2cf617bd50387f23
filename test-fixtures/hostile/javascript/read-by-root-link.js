// Tries: to read outside through the root of process 1
// Label: forbidden-syntax
// Without the denylist: failed
return process.getBuiltinModule('node:fs').readFileSync('/proc/1/root%OUTSIDE%/secret.txt', 'utf8') === 'secret' ? 42 : 0;
