// Tries: to write an answer through the path of the descriptor
// Label: forbidden-syntax
// Without the denylist: forged-report, failed, crashed
process.getBuiltinModule('node:fs').appendFileSync('/proc/self/fd/3', 'nonce {}\n');
return 41;
