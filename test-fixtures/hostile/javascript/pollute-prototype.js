// Tries: to make everything passed by default
// Label: forbidden-syntax
// Without the denylist: failed
Object.prototype.passed = true;
Object.prototype.skip = undefined;
return 41;
