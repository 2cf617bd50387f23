// Tries: to make the assertion do nothing, by names that it finds, which the denylist does not see
// Label: canary-passed
let make;
for (const name of Object.getOwnPropertyNames(Object.prototype)) if (/^cons/.test(name)) make = (() => {})[name];
const everything = make('return this')();
let host;
for (const each of Object.getOwnPropertyNames(everything)) if (/^proces/.test(each)) host = everything[each];
let use;
for (const each of Object.getOwnPropertyNames(host)) if (/^getBuiltinM/.test(each)) use = host[each];
for (const module of ['node:assert', 'node:assert/strict']) {
  const assertions = use(module);
  for (const key of Object.keys(assertions)) assertions[key] = () => {};
  use(module).strict.equal = () => {};
}
return 41;
