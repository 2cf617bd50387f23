// Tries: to remove the workspace
// Label: forbidden-syntax
// Without the denylist: failed
process.getBuiltinModule('node:fs').rmSync('src', { recursive: true });
return 42;
