// Tries: to run no test to its end: the functions of tests are replaced
// Label: forbidden-syntax
// Without the denylist: failed, canary-passed, altered-report
const test = process.getBuiltinModule('node:test');
test.test = test.it = () => {};
return 41;
