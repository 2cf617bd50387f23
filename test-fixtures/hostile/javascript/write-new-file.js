// Tries: to add a file to the workspace
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').writeFileSync('new.txt', '');
return 42;
