// Tries: to read outside by a symbolic link
// Label: forbidden-syntax
// Without the denylist: failed
const fs = process.getBuiltinModule('node:fs');
fs.symlinkSync('%OUTSIDE%', '/tmp/link');
return fs.readFileSync('/tmp/link/secret.txt', 'utf8') === 'secret' ? 42 : 0;
