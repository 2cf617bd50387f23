// Tries: to print errors without end
// Label: too-much-output
for (;;) console.error('x'.repeat(1000));
