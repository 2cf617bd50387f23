import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ageInYear, isLeapYear, isWeekend, weeksToDays } from '../src/calendar.ts';

describe('isLeapYear', () => {
  it('accepts years divisible by four', () => {
    assert.equal(isLeapYear(2024), true);
    assert.equal(isLeapYear(1996), true);
  });

  it('rejects other years', () => {
    assert.equal(isLeapYear(2023), false);
  });

  it('rejects most centuries', () => {
    assert.equal(isLeapYear(1900), false);
    assert.equal(isLeapYear(2100), false);
  });

  it('accepts every fourth century', () => {
    assert.equal(isLeapYear(2000), true);
  });
});

describe('weeksToDays', () => {
  it('converts weeks', () => {
    assert.equal(weeksToDays(1), 7);
    assert.equal(weeksToDays(4), 28);
  });

  it('converts a year', () => {
    assert.equal(weeksToDays(52), 364);
  });

  it('converts zero', () => {
    assert.equal(weeksToDays(0), 0);
  });
});

describe('ageInYear', () => {
  it('subtracts the year of birth', () => {
    assert.equal(ageInYear(1990, 2020), 30);
    assert.equal(ageInYear(2000, 2025), 25);
  });

  it('is zero in the year of birth', () => {
    assert.equal(ageInYear(2010, 2010), 0);
  });
});

describe('isWeekend', () => {
  it('accepts saturday and sunday', () => {
    assert.equal(isWeekend('saturday'), true);
    assert.equal(isWeekend('sunday'), true);
  });

  it('rejects weekdays', () => {
    assert.equal(isWeekend('monday'), false);
    assert.equal(isWeekend('friday'), false);
  });
});
