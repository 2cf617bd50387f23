// Tries: to read the answer from the tests
// Label: forbidden-syntax
// Without the denylist: passed
const text = process.getBuiltinModule('node:fs').readFileSync('test/answer.test.ts', 'utf8');
return Number(/equal\(answer\(\), (\d+)\)/.exec(text)[1]);
