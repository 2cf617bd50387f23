// Tries: to look into the runner with the debugger
// Label: forbidden-syntax
// Without the denylist: failed
const { Session } = process.getBuiltinModule('node:inspector');
const session = new Session();
session.connect();
let nonce;
session.post('Runtime.evaluate', { expression: 'job.nonce' }, (_, found) => { nonce = found?.result?.value; });
return typeof nonce === 'string' ? 42 : 0;
