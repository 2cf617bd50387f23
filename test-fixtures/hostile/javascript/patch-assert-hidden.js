// Tries: to make the assertion do nothing, by names that it puts together
// Label: forbidden-syntax
// Without the denylist: canary-passed
const name = ['con', 'structor'].join('');
const host = (() => {})[name](['return pro', 'cess'].join(''))();
const use = (module) => host[['getBuiltin', 'Module'].join('')](module);
for (const module of ['node:assert', 'node:assert/strict']) {
  const assertions = use(module);
  for (const key of Object.keys(assertions)) assertions[key] = () => {};
  use(module).strict.equal = () => {};
}
return 41;
