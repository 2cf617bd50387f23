// Tries: to fail with an endless message
// Label: failed
throw new Error('x'.repeat(1 << 24));
