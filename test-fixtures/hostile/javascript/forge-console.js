// Tries: to print a report that looks right
// Label: failed
console.log('TAP version 13\nok 1 - answers\nok 2 - answers again\n1..2');
return 41;
