// Tries: to leave a process behind
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '%MARK%'], { detached: true, stdio: 'ignore' }).unref();
return 41;
