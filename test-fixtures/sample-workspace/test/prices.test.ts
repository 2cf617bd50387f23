import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discount, formatPrice, itemNames, totalPrice } from '../src/prices.ts';

test('totalPrice adds price times quantity', () => {
  assert.equal(
    totalPrice([
      { name: 'pen', price: 2, quantity: 3 },
      { name: 'book', price: 10, quantity: 1 },
    ]),
    16,
  );
});

test('totalPrice handles a single item', () => {
  assert.equal(totalPrice([{ name: 'mug', price: 5, quantity: 2 }]), 10);
  assert.equal(totalPrice([{ name: 'cup', price: 4, quantity: 0 }]), 0);
});

test('totalPrice is zero for an empty cart', () => {
  assert.equal(totalPrice([]), 0);
});

test('discount takes off the percentage', () => {
  assert.equal(discount(100, 20), 80);
  assert.equal(discount(50, 10), 45);
});

test('discount keeps the price without a discount', () => {
  assert.equal(discount(30, 0), 30);
});

test('discount returns 0 for a full discount', () => {
  assert.equal(discount(80, 100), 0);
});

test('formatPrice shows two decimals', () => {
  assert.equal(formatPrice(4.5), '$4.50');
  assert.equal(formatPrice(12.34), '$12.34');
});

test('formatPrice adds zeros to whole prices', () => {
  assert.equal(formatPrice(10), '$10.00');
});

test('formatPrice rounds to cents', () => {
  assert.equal(formatPrice(1.239), '$1.24');
});

test('itemNames returns the names', () => {
  assert.deepEqual(
    itemNames([
      { name: 'pen', price: 2, quantity: 3 },
      { name: 'book', price: 10, quantity: 1 },
    ]),
    ['pen', 'book'],
  );
});

test('itemNames handles a single item', () => {
  assert.deepEqual(itemNames([{ name: 'mug', price: 5, quantity: 2 }]), ['mug']);
});

test('itemNames returns an empty list for an empty cart', () => {
  assert.deepEqual(itemNames([]), []);
});
