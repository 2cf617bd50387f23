// Tries: to read the home directory
// Label: forbidden-syntax
// Without the denylist: failed
return process.getBuiltinModule('node:fs').readdirSync('%HOME%').length > 0 ? 42 : 0;
