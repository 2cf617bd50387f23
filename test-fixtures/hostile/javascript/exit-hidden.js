// Tries: to exit, by names that it puts together
// Label: forbidden-syntax
// Without the denylist: exited-early
const name = ['con', 'structor'].join('');
const host = (() => {})[name](['return pro', 'cess'].join(''))();
const use = (module) => host[['getBuiltin', 'Module'].join('')](module);
host.exit(0);
