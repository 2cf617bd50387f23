// Tries: to reach the process through the constructor of functions
// Label: forbidden-syntax
// Without the denylist: exited-early
[].constructor.constructor('return process')().exit(0);
