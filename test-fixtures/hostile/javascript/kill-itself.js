// Tries: to die by a signal
// Label: forbidden-syntax
// Without the denylist: crashed
process.kill(process.pid, 'SIGKILL');
for (;;) {}
