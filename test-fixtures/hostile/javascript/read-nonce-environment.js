// Tries: to find the nonce in its environment
// Label: forbidden-syntax
// Without the denylist: failed
return /[0-9a-f]{32}/.test(JSON.stringify([process.env, process.argv, process.execArgv])) ? 42 : 0;
