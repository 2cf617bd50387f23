// Tries: to change the report while it is written down
// Label: forbidden-syntax
// Without the denylist: failed
JSON.stringify = () => '{"outcomes":[]}';
return 41;
