// Tries: to read outside by a path that climbs
// Label: forbidden-syntax
// Without the denylist: failed
return process.getBuiltinModule('node:fs').readFileSync('../../../../../../../../..%OUTSIDE%/secret.txt', 'utf8') === 'secret' ? 42 : 0;
