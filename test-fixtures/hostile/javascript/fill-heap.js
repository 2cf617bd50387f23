// Tries: to fill its heap
// Label: out-of-memory, crashed
const all = [];
for (;;) all.push(new Array(1000).fill(all.length));
