// Tries: to find the nonce in its own memory
// Label: forbidden-syntax
// Without the denylist: failed, timeout, crashed, out-of-memory
const fs = process.getBuiltinModule('node:fs');
const memory = fs.openSync('/proc/self/mem', 'r');
const maps = fs.readFileSync('/proc/self/maps', 'utf8').split('\n').slice(0, 40);
for (const line of maps) {
  const [from, to] = line.split(/[- ]/).map((hex) => Number.parseInt(hex, 16));
  const bytes = Buffer.alloc(Math.min(to - from, 1 << 16));
  try {
    fs.readSync(memory, bytes, 0, bytes.length, from);
  } catch {
    continue;
  }
  if (/[0-9a-f]{32} /.test(bytes.toString('latin1'))) return 41;
}
return 41;
