// Tries: to swallow every error of the process
// Label: forbidden-syntax
// Without the denylist: failed
process.on('uncaughtException', () => {});
setTimeout(() => { throw new Error('late'); });
return 41;
