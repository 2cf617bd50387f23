// Tries: to change its own file
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').appendFileSync('src/answer.ts', '//');
return 42;
