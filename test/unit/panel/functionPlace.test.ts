import { expect, test } from 'vitest';
import { placeOfFunction } from '../../../extension/panel/functionPlace.ts';

const header = '/** Is a total of totals. */\nexport function total(\n  values: number[],\n): number {';
const file = `${header}\n  return 1;\n}\n`;
const task = { name: 'total', line: 4 };

/** The rest of the line that the place is in. */
const pointed = (text: string, place: { line: number; character: number }) =>
  text.split('\n')[place.line]!.slice(place.character);

test('it is the name in the signature, and not in the doc comment', () => {
  expect(pointed(file, placeOfFunction(file, task, header))).toBe('total(');
});

test('it is found where the file has grown above it since', () => {
  const text = `import a from 'a';\n\n${file}`;
  expect(placeOfFunction(text, task, header)).toEqual({ line: 3, character: 16 });
});

test('of several that look alike it is the nearest to where it stood', () => {
  const method = '  get(): number {';
  const text = `class A {\n${method}\n    return 1;\n  }\n}\nclass B {\n${method}\n    return 2;\n  }\n}\n`;
  expect(placeOfFunction(text, { name: 'B.get', line: 7 }, method)).toEqual({ line: 6, character: 2 });
  expect(placeOfFunction(text, { name: 'A.get', line: 2 }, method)).toEqual({ line: 1, character: 2 });
});

test('where the header is another by now it is the line that the body stood on', () => {
  expect(placeOfFunction('changed\n', task, header)).toEqual({ line: 3, character: 0 });
  expect(placeOfFunction('changed\n', { name: 'total' }, null)).toEqual({ line: 0, character: 0 });
});
