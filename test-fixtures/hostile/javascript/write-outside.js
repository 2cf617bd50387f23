// Tries: to write outside of the workspace
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').writeFileSync('%OUTSIDE%/new.txt', '');
return 42;
