/** Whether the machine runs on its battery, as each system says it. */

export type PowerSource = 'mains' | 'battery' | 'unknown';

/** One folder of Linux's /sys/class/power_supply: its files `type`, `online` and `status`, where they are there. */
export interface PowerSupply {
  readonly type: string;
  readonly online?: string | undefined;
  readonly status?: string | undefined;
  /** `Device` is a mouse's or headset's battery. */
  readonly scope?: string | undefined;
}

/** A charger that gives power decides; without one, a battery that is being used up does. */
export function linuxPowerSource(supplies: readonly PowerSupply[]): PowerSource {
  const own = supplies.filter(({ scope }) => scope?.trim() !== 'Device');
  const chargers = own.filter(({ type }) => /^(Mains|USB)/.test(type.trim()));
  if (chargers.some(({ online }) => online?.trim() === '1')) return 'mains';
  const batteries = own.filter(({ type }) => type.trim() === 'Battery');
  if (batteries.some(({ status }) => status?.trim() === 'Discharging')) return 'battery';
  return batteries.length > 0 || chargers.length > 0 ? 'mains' : 'unknown';
}

/** The output of `pmset -g batt`, whose first line is `Now drawing from 'Battery Power'`. */
export function macPowerSource(output: string): PowerSource {
  const source = /Now drawing from '([^']+)'/.exec(output)?.[1];
  if (source === undefined) return 'unknown';
  return source === 'Battery Power' ? 'battery' : 'mains';
}

/** `(Get-CimInstance Win32_Battery).BatteryStatus`, a number a line: 1 is discharging, 4 and 5 are so and low. */
export function windowsPowerSource(output: string): PowerSource {
  const states = output.split(/\s+/).filter((word) => /^\d+$/.test(word));
  if (states.length === 0) return 'unknown';
  return states.some((state) => ['1', '4', '5'].includes(state)) ? 'battery' : 'mains';
}
