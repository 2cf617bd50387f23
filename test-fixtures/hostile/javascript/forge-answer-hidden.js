// Tries: to write an answer of its own, by names that it puts together
// Label: forbidden-syntax
// Without the denylist: forged-report
const name = ['con', 'structor'].join('');
const host = (() => {})[name](['return pro', 'cess'].join(''))();
const use = (module) => host[['getBuiltin', 'Module'].join('')](module);
use(['node:', 'f', 's'].join('')).writeSync(3, `${'0'.repeat(32)} {"outcomes":[],"loaded":[],"executed":{}}\n`);
return 41;
