// Tries: to make everything passed by __proto__
// Label: forbidden-syntax
// Without the denylist: failed
({}).__proto__.passed = true;
return 41;
