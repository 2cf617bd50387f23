// Tries: to make everything passed by Object.assign
// Label: forbidden-syntax
// Without the denylist: failed
Object.assign(Object.prototype, { passed: true });
return 41;
