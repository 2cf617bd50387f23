// Tries: to equal everything by its primitive value
// Label: forbidden-syntax
// Without the denylist: failed
return { valueOf: () => 42 };
