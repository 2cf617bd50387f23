// Tries: to multiply without end
// Label: forbidden-syntax
// Without the denylist: failed, crashed, timeout, out-of-memory
process.getBuiltinModule('node:child_process').execFileSync('sh', ['-c', 'f() { f & f & sleep 9; }; f', '%MARK%']);
return 42;
