import { expect, test } from 'vitest';
import { readmeOfExtension } from '../../../packaging/readme.ts';

test('pictures go, links into the repository become text, and links to the web stay', () => {
  const readme = [
    '# Name',
    '',
    '![A picture](docs/a.svg)',
    '',
    '| | |',
    '|---|---|',
    '| ![One](docs/b.png) | ![Two](docs/c.png) |',
    '',
    'See [the loop](trainer/run/train.ts#L3) and [a page](https://example.org/a), [below](#licence).',
    '',
    '[MIT](LICENSE)',
  ];
  expect(readmeOfExtension(readme.join('\n'))).toBe(
    ['# Name', '', 'See the loop and [a page](https://example.org/a), [below](#licence).', '', 'MIT'].join(
      '\n',
    ),
  );
});
