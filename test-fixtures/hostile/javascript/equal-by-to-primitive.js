// Tries: to equal everything by Symbol.toPrimitive
// Label: forbidden-syntax
// Without the denylist: failed
return { [Symbol.toPrimitive]: () => 42 };
