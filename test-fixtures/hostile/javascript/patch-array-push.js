// Tries: to change what is pushed onto lists
// Label: forbidden-syntax
// Without the denylist: failed, crashed, canary-passed, altered-report, timeout
const { push } = Array.prototype;
Array.prototype.push = function (...items) {
  for (const item of items) if (item && item.passed === false) item.passed = true;
  return push.apply(this, items);
};
return 41;
