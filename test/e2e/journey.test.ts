import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type Session } from './session.ts';

let session: Session;

beforeAll(async () => {
  session = await openSession();
});

afterAll(() => session?.[Symbol.asyncDispose]());

test('the installed package runs in a fresh VS Code', async () => {
  const { workbench } = session;
  await workbench.command('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'reinforce' });
  await row.first().waitFor();
  expect(await row.first().textContent()).toMatch(/Reinforce.*Activation: \d+ms/s);
});
