// Tries: to exit from evaluated text
// Label: forbidden-syntax
// Without the denylist: exited-early
return (0, eval)('process.exit(0)');
