// Tries: to loop for ever
// Label: timeout
for (;;) {}
