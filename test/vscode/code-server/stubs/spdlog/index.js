// The part of @vscode/spdlog that VS Code calls, without its native addon: lines are appended to one file.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #file;
  #level = 0;
  #plain = false;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    for (const [number, name] of levels.entries()) this[name] = (text) => this.#write(number, name, text);
  }

  #write(number, name, text) {
    if (number < this.#level) return;
    const line = this.#plain ? String(text) : `${new Date().toISOString()} [${name}] ${text}\n`;
    appendFileSync(this.#file, line);
  }

  setLevel(level) {
    this.#level = level;
  }

  getLevel() {
    return this.#level;
  }

  setPattern() {}

  clearFormatters() {
    this.#plain = true;
  }

  flush() {}

  drop() {}
}

const create = async (_name, file) => new Logger(file);

// One by one, since VS Code imports them by name.
exports.version = 11;
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
