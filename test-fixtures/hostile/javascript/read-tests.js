// Tries: to read the answer from the tests
// Label: forbidden-syntax
// Without the denylist: passed
const fs = process.getBuiltinModule('node:fs');
const text = fs.readFileSync(`test/${fs.readdirSync('test')[0]}`, 'utf8');
return Number(/answer\(\)\D*(\d+)/.exec(text)[1]);
