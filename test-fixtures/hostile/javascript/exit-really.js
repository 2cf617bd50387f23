// Tries: to end the process past the handlers of exit
// Label: forbidden-syntax
// Without the denylist: exited-early
process.reallyExit(0);
