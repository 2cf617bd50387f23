// Tries: to write into the system
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').writeFileSync('/usr/new.txt', '');
return 42;
