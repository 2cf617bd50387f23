// Tries: to be a matcher that matches everything
// Label: forbidden-syntax
// Without the denylist: failed
return { $$typeof: Symbol.for('jest.asymmetricMatcher'), asymmetricMatch: () => true };
