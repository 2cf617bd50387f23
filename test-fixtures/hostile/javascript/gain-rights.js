// Tries: to mount a file system in namespaces of its own
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:child_process').execFileSync('unshare', ['--user', '--map-root-user', '--mount', 'true']);
return 42;
