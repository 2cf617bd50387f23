// Tries: to change the rights of a file of the workspace
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').chmodSync('src/answer.ts', 0o777);
return 42;
