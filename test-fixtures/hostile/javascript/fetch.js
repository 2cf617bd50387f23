// Tries: to send something home
// Label: forbidden-syntax
// Without the denylist: failed
fetch('http://127.0.0.1:%PORT%/42').catch(() => {});
return 41;
