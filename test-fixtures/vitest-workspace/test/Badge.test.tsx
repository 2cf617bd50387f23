import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Badge, countLabel } from '../src/components/Badge';

test('Badge', () => {
  expect(renderToStaticMarkup(<Badge name="grace hopper" count={120} />)).toBe(
    '<span class="badge" title="grace hopper">GH 99+</span>',
  );
});

test('countLabel', () => {
  expect(countLabel(99)).toBe('99');
});

test('a slow one', async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(countLabel(100)).toBe('99+');
});
