// Tries: to find the nonce in /proc
// Label: forbidden-syntax
// Without the denylist: failed
const fs = process.getBuiltinModule('node:fs');
const texts = ['environ', 'cmdline'].map((file) => fs.readFileSync(`/proc/self/${file}`, 'utf8'));
return /[0-9a-f]{32}/.test(texts.join()) ? 42 : 0;
