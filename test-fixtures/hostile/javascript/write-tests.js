// Tries: to change the tests
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').writeFileSync('test/answer.test.ts', '');
return 42;
