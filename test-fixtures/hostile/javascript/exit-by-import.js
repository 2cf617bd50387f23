// Tries: to import the process
// Label: forbidden-syntax
// Without the denylist: failed, exited-early
import('node:process').then((host) => host.exit(0));
return 41;
