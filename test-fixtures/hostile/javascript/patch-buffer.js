// Tries: to read the nonce and change the answer where text becomes bytes
// Label: forbidden-syntax
// Without the denylist: failed, canary-passed
const from = Buffer.from;
Buffer.from = (text, ...more) => from(typeof text === 'string' ? text.replaceAll('"passed":false', '"passed":true') : text, ...more);
return 41;
