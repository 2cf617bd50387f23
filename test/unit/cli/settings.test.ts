import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { readAssignments, settingsFrom, settingsHelp } from '../../../trainer/cli/settings.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';

describe('settings of the command line', () => {
  test('are the defaults where nothing is said', () => {
    expect(settingsFrom(readAssignments([]))).toEqual(trainSettings.parse({}));
  });

  test('become numbers, booleans and words as each setting asks', () => {
    const words = ['learningRate=5e-4', 'divideByDeviation=true', 'kl=k1', 'steps=7'];
    expect(settingsFrom(readAssignments(words))).toEqual({
      ...trainSettings.parse({}),
      learningRate: 5e-4,
      divideByDeviation: true,
      kl: 'k1',
      steps: 7,
    });
  });

  test('stand in the help, each with its default, what it does and what it may be', () => {
    const help = settingsHelp(new Command());
    for (const name of Object.keys(trainSettings.shape)) {
      expect(help).toMatch(new RegExp(`^  ${name}(=\\S+)? +[A-Z]`, 'm'));
    }
    expect(help).toContain('temperature=1');
    expect(help.replace(/\s+/g, ' ')).toContain('(choices: k1, k2, k3)');
    expect(help).not.toContain('undefined');
  });

  test('take one text or a list of them', () => {
    const stop = (word: string) => settingsFrom(readAssignments([`stop=${word}`])).stop;
    expect(stop('END')).toEqual(['END']);
    expect(stop('["\\n\\n", "}"]')).toEqual(['\n\n', '}']);
    expect(stop('[')).toEqual(['[']);
  });

  test('go over those of a run, which go over the defaults', () => {
    const merged = settingsFrom(readAssignments(['tries=4']), { tries: 16, beta: 0.5 });
    expect(merged).toMatchObject({ tries: 4, beta: 0.5 });
  });

  test.each([
    ['learningrate=1', /^There is no setting "learningrate": choose from seed, steps, /],
    [
      'learningRate',
      /^"learningRate" is not of the form name=value, for example --set learningRate=0\.001\.$/,
    ],
    ['steps=0', /^The setting steps cannot be 0 \(.*>0\): correct it\.$/],
    ['steps=2.5', /^The setting steps cannot be 2\.5 \(expected int, .*\): correct it\.$/],
    ['seed=', /^The setting seed cannot be "" \(expected number, received string\): correct it\.$/],
    ['kl=k4', /^The setting kl cannot be "k4" \(.*"k1"\|"k2"\|"k3"\): correct it\.$/],
  ])('refuse %s in one sentence', (word, sentence) => {
    expect(() => settingsFrom(readAssignments([word]))).toThrow(sentence);
  });
});
