// Tries: to see the processes of the machine
// Label: forbidden-syntax
// Without the denylist: failed
return process.getBuiltinModule('node:fs').existsSync('/proc/%PARENT%/cmdline') ? 42 : 0;
