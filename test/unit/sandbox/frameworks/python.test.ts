import { describe, expect, it } from 'vitest';
import { mineSample } from './mineSample.ts';

describe('the pytest workspace', () => {
  it('gives the tasks that a person would list, without the one whose only test is flaky', async () => {
    await using mined = await mineSample('pytest-workspace');
    expect(mined.functions).toEqual([
      'src/shop/basket.py#Basket.__init__',
      'src/shop/basket.py#Basket.add',
      'src/shop/basket.py#Basket.cost',
      'src/shop/basket.py#Basket.names',
      'src/shop/prices.py#discount',
      'src/shop/prices.py#format_price',
      'src/shop/prices.py#total',
      'src/shop/prices.py#with_tax',
      'src/shop/receipts.py#receipt',
      'src/shop/receipts.py#save',
      'src/shop/receipts.py#send',
    ]);
    expect(mined.tests('with_tax')).toContain('test_with_tax[100-book-107]');
    expect(mined.tests('send')).toEqual(['test_send', 'test_send_nothing']);

    const right =
      '    if percent < 0 or percent > 100:\n        raise ValueError\n    return cents - round(cents * percent / 100)';
    expect(await mined.grade('discount', right)).toBe('passed');
    expect(await mined.grade('discount', '    return round(cents * (100 - percent) / 100)')).toBe('failed');
    expect(await mined.grade('discount', '    return cents -')).toBe('syntax-error');
    expect(await mined.grade('discount', '    while True:\n        pass')).toBe('timeout');
  });
});

describe('the unittest workspace', () => {
  it('gives the tasks that a person would list, without the one whose only test is flaky', async () => {
    await using mined = await mineSample('unittest-workspace');
    expect(mined.functions).toEqual([
      'bank/account.py#Account.__init__',
      'bank/account.py#Account.deposit',
      'bank/account.py#Account.is_number',
      'bank/account.py#Account.withdraw',
      'bank/account.py#transfer',
      'bank/interest.py#compound',
      'bank/interest.py#export',
      'bank/interest.py#rate_of',
      'bank/interest.py#years_until',
    ]);
    expect(mined.tests('rate_of')).toEqual(['RateTest > test_known', 'RateTest > test_unknown']);
    const right =
      '        return len(text) == 8 and text.isdigit() and sum(map(int, text[:7])) % 10 == int(text[7])';
    expect(await mined.grade('Account.is_number', right)).toBe('passed');
    expect(await mined.grade('Account.is_number', '        return len(text) == 8')).toBe('failed');
  });
});
