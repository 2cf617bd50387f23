const fs = require('node:fs');

/** One line of a log: the level in capitals, then the message. */
function line(level, message) {
  return `${level.toUpperCase()} ${message}`;
}

/** Appends a line to a file; answers how many lines it has now. */
function append(file, level, message) {
  fs.appendFileSync(file, `${line(level, message)}\n`);
  return fs.readFileSync(file, 'utf8').split('\n').length - 1;
}

/** Calls back with the lines of a file, later. */
async function readLines(file, onLine) {
  const text = await fs.promises.readFile(file, 'utf8');
  for (const each of text.split('\n')) {
    if (each !== '') onLine(each);
  }
}

module.exports = { line, append, readLines };
