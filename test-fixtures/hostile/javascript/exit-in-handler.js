// Tries: to turn a failing exit into success
// Label: forbidden-syntax
// Without the denylist: failed
process.on('exit', () => process.reallyExit(0));
return 41;
