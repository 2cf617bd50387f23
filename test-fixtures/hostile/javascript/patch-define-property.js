// Tries: to take over the definition of properties
// Label: forbidden-syntax
// Without the denylist: failed
Object.defineProperty = () => ({});
return 41;
