const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { append, line, readLines } = require('../log');

let file;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'log-')), 'a.log');
});

test('line', () => {
  expect(line('warn', 'careful')).toBe('WARN careful');
});

test('append', () => {
  expect(append(file, 'info', 'one')).toBe(1);
  expect(append(file, 'info', 'two')).toBe(2);
  expect(fs.readFileSync(file, 'utf8')).toBe('INFO one\nINFO two\n');
});

test('readLines', async () => {
  fs.writeFileSync(file, 'a\n\nb\n');
  const onLine = jest.fn();
  await readLines(file, onLine);
  expect(onLine.mock.calls).toEqual([['a'], ['b']]);
});

test('a slow one', async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(line('a', '')).toBe('A ');
});
