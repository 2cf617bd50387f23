import assert from 'node:assert/strict';
import { test } from 'node:test';
import { celsiusToFahrenheit, formatDuration, hoursToMinutes, metersToKilometers } from '../src/units.ts';

test('celsiusToFahrenheit converts the freezing point', () => {
  assert.equal(celsiusToFahrenheit(0), 32);
});

test('celsiusToFahrenheit converts the boiling point', () => {
  assert.equal(celsiusToFahrenheit(100), 212);
});

test('celsiusToFahrenheit converts other temperatures', () => {
  assert.equal(celsiusToFahrenheit(20), 68);
  assert.equal(celsiusToFahrenheit(-40), -40);
});

test('hoursToMinutes converts whole hours', () => {
  assert.equal(hoursToMinutes(1), 60);
  assert.equal(hoursToMinutes(3), 180);
});

test('hoursToMinutes converts half an hour', () => {
  assert.equal(hoursToMinutes(0.5), 30);
});

test('hoursToMinutes converts zero', () => {
  assert.equal(hoursToMinutes(0), 0);
});

test('metersToKilometers converts whole kilometers', () => {
  assert.equal(metersToKilometers(1000), 1);
  assert.equal(metersToKilometers(5000), 5);
});

test('metersToKilometers converts parts of a kilometer', () => {
  assert.equal(metersToKilometers(500), 0.5);
});

test('metersToKilometers converts zero', () => {
  assert.equal(metersToKilometers(0), 0);
});

test('formatDuration formats minutes and seconds', () => {
  assert.equal(formatDuration(75), '1:15');
  assert.equal(formatDuration(600), '10:00');
});

test('formatDuration pads the seconds', () => {
  assert.equal(formatDuration(125), '2:05');
});

test('formatDuration formats less than a minute', () => {
  assert.equal(formatDuration(45), '0:45');
  assert.equal(formatDuration(0), '0:00');
});
