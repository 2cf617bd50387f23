// Tries: to fill memory outside of its heap
// Label: out-of-memory, failed, crashed
const all = [];
for (;;) all.push(new Uint8Array(1 << 24).fill(1));
