import { describe, expect, it } from '@jest/globals';
import Wallet, { cents, format } from '~/money';

describe('money', () => {
  it('has cents', () => {
    expect(cents(1.5)).toBe(150);
    expect(cents(0)).toBe(0);
  });
  it('is written with two digits', () => {
    expect(format(2)).toBe('$2.00');
  });
  it('lies in a wallet', () => {
    expect(new Wallet(1).add(2)).toBe(3);
  });
});
