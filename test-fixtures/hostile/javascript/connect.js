// Tries: to reach a server on this machine
// Label: forbidden-syntax
// Without the denylist: failed
const script = "require('net').connect(%PORT%, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))";
process.getBuiltinModule('node:child_process').execFileSync(process.execPath, ['-e', script]);
return 42;
