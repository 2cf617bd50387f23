// Tries: to end the process with success before its tests have ended
// Label: forbidden-syntax
// Without the denylist: exited-early
process.exit(0);
