// Tries: to exit a moment later, while other tests run
// Label: forbidden-syntax
// Without the denylist: exited-early, failed
setTimeout(() => process.exit(0), 0);
return 41;
