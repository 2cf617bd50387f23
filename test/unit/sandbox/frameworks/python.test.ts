import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Environment } from '../../../../sandbox/environment.ts';
import { fixtures } from '../../../sampleWorkspaces.ts';

const testsOf = (tasks: readonly { id: string; tests: readonly string[] }[], id: string) =>
  tasks.find((task) => task.id === id)?.tests.map((test) => test.split(' > ').slice(1).join(' > '));

describe('the pytest workspace', () => {
  it('gives the tasks that a person would list', async () => {
    await using environment = await Environment.open(join(fixtures, 'pytest-workspace'));
    const { tasks, rejected } = await environment.mine();
    // These call functions that are held out.
    expect(rejected.map(({ file, name, reason }) => [`${file}#${name}`, reason])).toEqual(
      expect.arrayContaining([
        ['src/shop/basket.py#Basket.cost', 'calls-held-out-function'],
        ['src/shop/receipts.py#receipt', 'calls-held-out-function'],
      ]),
    );
    expect(tasks.map(({ id }) => id)).toEqual([
      'src/shop/basket.py#Basket.__init__',
      'src/shop/basket.py#Basket.add',
      'src/shop/basket.py#Basket.names',
      'src/shop/prices.py#with_tax',
      'src/shop/prices.py#total',
      'src/shop/prices.py#discount',
      'src/shop/prices.py#format_price',
      'src/shop/prices.py#lucky_price',
      'src/shop/receipts.py#save',
      'src/shop/receipts.py#send',
    ]);
    expect(testsOf(tasks, 'src/shop/prices.py#format_price')).toEqual(
      expect.arrayContaining(['test_format_price[ordinary]', 'test_format_price[negative > zero]']),
    );
    expect(testsOf(tasks, 'src/shop/receipts.py#send')).toEqual(['test_send', 'test_send_nothing']);

    const discount = tasks.find(({ name }) => name === 'discount')!;
    const tries = [
      '    if percent < 0 or percent > 100:\n        raise ValueError\n    return cents - round(cents * percent / 100)',
      '    return round(cents * (100 - percent) / 100)',
      '    return cents -',
      '    while True:\n        pass',
      '    import os\n    os._exit(0)',
    ];
    const rewards = await Promise.all(tries.map((body) => environment.grade(discount, body)));
    expect(rewards.map(({ verdict }) => verdict)).toEqual([
      'passed',
      'failed',
      'syntax-error',
      'timeout',
      expect.not.stringMatching('passed'),
    ]);
  });
});

describe('the unittest workspace', () => {
  it('gives the tasks that a person would list', async () => {
    await using environment = await Environment.open(join(fixtures, 'unittest-workspace'));
    const { tasks } = await environment.mine();
    expect(tasks.map(({ id }) => id)).toEqual([
      'bank/account.py#Account.__init__',
      'bank/account.py#Account.deposit',
      'bank/account.py#Account.withdraw',
      'bank/account.py#Account.is_number',
      'bank/account.py#transfer',
      'bank/interest.py#compound',
      'bank/interest.py#years_until',
      'bank/interest.py#export',
      'bank/interest.py#rate_of',
      'bank/interest.py#tip',
    ]);
    expect(testsOf(tasks, 'bank/interest.py#rate_of')).toEqual([
      'RateTest > test_known',
      'RateTest > test_unknown',
    ]);
  });
});
