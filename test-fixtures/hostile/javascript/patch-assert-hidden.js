// Tries: to make the assertion do nothing, by a way that the denylist does not see
// Label: canary-passed
const name = ['con', 'structor'].join('');
const host = (() => {})[name](['return pro', 'cess'].join(''))();
const use = (module) => host[['getBuiltin', 'Module'].join('')](module);
for (const module of ['node:assert', 'node:assert/strict']) {
  const assertions = use(module);
  for (const key of Object.keys(assertions)) assertions[key] = () => {};
  use(module).strict.equal = () => {};
}
return 41;
