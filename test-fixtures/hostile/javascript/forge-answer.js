// Tries: to write an answer of its own
// Label: forbidden-syntax
// Without the denylist: forged-report
process.getBuiltinModule('node:fs').writeSync(3, `${'0'.repeat(32)} {"outcomes":[],"loaded":[],"executed":{}}\n`);
return 41;
