const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** The form of a duration in the config: a whole number and one unit, such as `72h`. */
export const DURATION = /^([1-9][0-9]{0,6})([smhd])$/;

/** Seconds of a text such as `90s`, `10m`, `72h` or `3d`; null where it is none. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  if (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') return null;
  return Number(amount) * SECONDS[unit];
}
