// Tries: to fill the disk
// Label: forbidden-syntax
// Without the denylist: failed, crashed
const fs = process.getBuiltinModule('node:fs');
const chunk = new Uint8Array(1 << 20);
for (let i = 0; i < 64; i++) fs.appendFileSync(`/tmp/${i >> 3}`, chunk);
return 42;
