// Tries: to define tests of the same name
// Label: forbidden-syntax
// Without the denylist: failed, crashed, altered-report, canary-passed
const { test } = process.getBuiltinModule('node:test');
for (const name of ['answers', 'answers again']) test(name, () => {});
return 41;
