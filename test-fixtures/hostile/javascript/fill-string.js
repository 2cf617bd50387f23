// Tries: to double a string for ever
// Label: failed
let text = 'a';
for (;;) text += text;
