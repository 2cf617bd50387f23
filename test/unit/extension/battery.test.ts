import { expect, test } from 'vitest';
import {
  linuxPowerSource,
  macPowerSource,
  windowsPowerSource,
} from '../../../extension/background/battery.ts';

const [mains, battery] = [{ type: 'Mains\n' }, { type: 'Battery\n' }];

test('Linux: a charger that gives power decides, and without one a battery that is being used up', () => {
  const charging = { ...battery, status: 'Charging\n' };
  const discharging = { ...battery, status: 'Discharging\n' };
  expect(linuxPowerSource([{ ...mains, online: '1\n' }, charging])).toBe('mains');
  expect(linuxPowerSource([{ ...mains, online: '0\n' }, discharging])).toBe('battery');
  // A machine that draws more than its charger gives is still plugged in.
  expect(linuxPowerSource([{ ...mains, online: '1\n' }, discharging])).toBe('mains');
  expect(linuxPowerSource([{ type: 'USB\n', online: '1\n' }, discharging])).toBe('mains');
  expect(linuxPowerSource([discharging])).toBe('battery');
  expect(linuxPowerSource([{ ...battery, status: 'Full\n' }])).toBe('mains');
});

test("Linux: a mouse's battery says nothing about the machine, and a machine without any says nothing", () => {
  expect(linuxPowerSource([{ ...battery, status: 'Discharging\n', scope: 'Device\n' }])).toBe('unknown');
  expect(linuxPowerSource([])).toBe('unknown');
});

test('macOS: what pmset says is drawn from', () => {
  const rest = '\n -InternalBattery-0 (id=4653155)\t95%; discharging; 5:29 remaining present: true\n';
  expect(macPowerSource(`Now drawing from 'Battery Power'${rest}`)).toBe('battery');
  expect(macPowerSource(`Now drawing from 'AC Power'${rest}`)).toBe('mains');
  expect(macPowerSource('')).toBe('unknown');
});

test('Windows: the battery status of Win32_Battery', () => {
  expect(windowsPowerSource('1\r\n')).toBe('battery');
  expect(windowsPowerSource('2\r\n')).toBe('mains');
  expect(windowsPowerSource('2\r\n5\r\n')).toBe('battery');
  expect(windowsPowerSource('\r\n')).toBe('unknown');
});
