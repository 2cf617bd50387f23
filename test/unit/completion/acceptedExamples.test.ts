import { expect, test } from 'vitest';
import { acceptedExamples } from '../../../trainer/protocol/acceptedExamples.ts';

const around = { prefix: 'f(', suffix: ')', file: 'a.ts', language: 'typescript' };
const accepted = (id: string, more: object = around) => ({ event: 'accepted', id, text: `t${id}`, ...more });
const survival = (id: string, seconds: number, survives: boolean) => ({
  event: 'survival',
  id,
  seconds,
  survives,
  changed: survives ? 0 : 1,
});

test('examples are the completions that were there whenever they were looked for', () => {
  const records = [
    { event: 'offered', id: '1' },
    accepted('1'),
    survival('1', 15, true),
    accepted('2'),
    survival('1', 30, true),
    survival('2', 15, true),
    survival('2', 30, false),
    survival('2', 120, true),
    accepted('never looked for'),
    accepted('recorded without the code around it', {}),
    survival('recorded without the code around it', 15, true),
  ];
  const lines = [...records.map((record) => JSON.stringify(record)), '{"event":"accep', ''];
  expect(acceptedExamples(lines)).toEqual([
    { prompt: 'f(', completion: 't1', suffix: ')', file: 'a.ts', language: 'typescript', survived: 30 },
  ]);
});
