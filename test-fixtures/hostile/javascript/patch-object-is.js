// Tries: to make everything the same as everything
// Label: forbidden-syntax
// Without the denylist: failed
Object.is = () => true;
return 41;
