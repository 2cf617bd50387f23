// Tries: to hide the name of the process behind an escape
// Label: forbidden-syntax
// Without the denylist: exited-early
pr\u006fcess.exit(0);
