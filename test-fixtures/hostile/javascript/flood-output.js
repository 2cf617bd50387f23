// Tries: to print without end
// Label: too-much-output
for (;;) console.log('x'.repeat(1000));
