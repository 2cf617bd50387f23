// Tries: to make expectations do nothing
// Label: forbidden-syntax
// Without the denylist: failed
globalThis.expect = () => ({ toBe() {} });
return 41;
