// Tries: to exit by a way that the denylist does not see
// Label: exited-early
const name = ['con', 'structor'].join('');
const host = (() => {})[name](['return pro', 'cess'].join(''))();
const use = (module) => host[['getBuiltin', 'Module'].join('')](module);
host.exit(0);
