// Tries: to turn each failure into a pass, by names that it puts together
// Label: forbidden-syntax
// Without the denylist: canary-passed
const name = ['con', 'structor'].join('');
const host = (() => {})[name](['return pro', 'cess'].join(''))();
const use = (module) => host[['getBuiltin', 'Module'].join('')](module);
const emitter = use('node:events').prototype;
const { emit } = emitter;
emitter.emit = function (type, ...more) {
  return emit.call(this, type === 'test:fail' ? 'test:pass' : type, ...more);
};
return 41;
