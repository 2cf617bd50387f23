/** How figures are written for people. */

/** `48 s`, `3 min 20 s` or `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Rows as a table with aligned columns; all but the first column are numbers, aligned to the right. */
export function table(rows: readonly (readonly string[])[], textColumns = 1): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column < textColumns ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A share of 1 as `12.3%`. */
export const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** Block characters for values between `low` and `high`. */
export function sparkline(values: readonly number[], low: number, high: number): string {
  const blocks = '▁▂▃▄▅▆▇█';
  const level = (value: number) => Math.round(((value - low) / (high - low || 1)) * (blocks.length - 1));
  return values.map((value) => blocks[Math.min(blocks.length - 1, Math.max(0, level(value)))]).join('');
}

/** A size in bytes as `12.3 MB` or `1.5 GB`, in powers of ten. */
export function bytes(count: number): string {
  if (count < 1e6) return `${(count / 1e3).toFixed(1)} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`;
}

/** A word as a POSIX shell takes it for one, whatever it holds. */
export function shellWord(word: string): string {
  return /^[\w./~@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `1 task`, `2 tasks`. */
export const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;
