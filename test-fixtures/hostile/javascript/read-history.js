// Tries: to read the body from the history
// Label: forbidden-syntax
// Without the denylist: failed
const fs = process.getBuiltinModule('node:fs');
return fs.readdirSync('.git').length > 0 ? 42 : 0;
