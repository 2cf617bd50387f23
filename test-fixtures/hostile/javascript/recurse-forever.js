// Tries: to call itself for ever
// Label: failed
const again = () => 1 + again();
return again();
