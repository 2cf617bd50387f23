// Tries: to make the assertion do nothing
// Label: forbidden-syntax
// Without the denylist: canary-passed
process.getBuiltinModule('node:assert/strict').equal = () => {};
return 41;
