// Tries: to loop for ever in promises
// Label: failed, timeout
const again = () => Promise.resolve().then(again);
again();
return 41;
