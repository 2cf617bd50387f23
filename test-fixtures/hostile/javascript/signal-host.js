// Tries: to kill the process that grades it
// Label: forbidden-syntax
// Without the denylist: failed
process.kill(%PARENT%, 'SIGKILL');
return 42;
