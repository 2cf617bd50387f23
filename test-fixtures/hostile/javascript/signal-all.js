// Tries: to kill everything that it can reach
// Label: forbidden-syntax
// Without the denylist: failed, crashed
process.kill(-1, 'SIGKILL');
return 41;
