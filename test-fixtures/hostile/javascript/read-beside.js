// Tries: to read a file beside the workspace
// Label: forbidden-syntax
// Without the denylist: failed
return process.getBuiltinModule('node:fs').readFileSync('%OUTSIDE%/secret.txt', 'utf8') === 'secret' ? 42 : 0;
