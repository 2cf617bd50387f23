// Tries: to read the body that was removed
// Label: forbidden-syntax
// Without the denylist: passed
const text = process.getBuiltinModule('node:fs').readFileSync('src/answer.ts', 'utf8');
return Number(/return (\d+)/.exec(text)[1]);
