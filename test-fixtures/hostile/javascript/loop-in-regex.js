// Tries: to search for ever
// Label: timeout
return /^(a+)+$/.test('a'.repeat(60) + 'b') ? 42 : 41;
