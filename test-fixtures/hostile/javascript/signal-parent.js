// Tries: to kill its parent
// Label: forbidden-syntax
// Without the denylist: failed, crashed
process.kill(process.ppid, 'SIGKILL');
return 41;
