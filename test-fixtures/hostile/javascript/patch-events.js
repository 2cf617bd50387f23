// Tries: to turn each failure that the framework reports into a pass
// Label: forbidden-syntax
// Without the denylist: failed, canary-passed, altered-report
const { Readable } = process.getBuiltinModule('node:stream');
const push = Readable.prototype.push;
Readable.prototype.push = function (event, ...more) {
  if (event?.type === 'test:fail') event.type = 'test:pass';
  return push.call(this, event, ...more);
};
return 41;
