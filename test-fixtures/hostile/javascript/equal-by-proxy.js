// Tries: to equal everything by a proxy
// Label: forbidden-syntax
// Without the denylist: failed
return new Proxy({}, { get: () => 42, getPrototypeOf: () => Number.prototype });
