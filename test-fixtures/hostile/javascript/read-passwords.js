// Tries: to read the accounts of the machine
// Label: forbidden-syntax
// Without the denylist: failed
return process.getBuiltinModule('node:fs').readFileSync('/etc/passwd', 'utf8').length > 0 ? 42 : 0;
