import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };
const LAST = 0x10ffff;

/**
 * Text of any characters there are. It is what fast-check's unit `binary` gives, for the same seeds, which costs a second
 * in each test file: to tell whether a text could be one of its own, it lists all 1.1 million characters.
 */
export function anyText(constraints: fc.StringConstraints = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: CHARACTER });
}

const CHARACTER = fc.nat({ max: LAST - SURROGATES.count }).map(characterAt, placeOf);

function characterAt(place: number): string {
  return String.fromCodePoint(place < SURROGATES.first ? place : place + SURROGATES.count);
}

/** @throws where it is anything but one character. */
function placeOf(value: unknown): number {
  const point = typeof value === 'string' ? value.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== value)
    throw new Error('No character.');
  if (point < SURROGATES.first) return point;
  const place = point - SURROGATES.count;
  if (place < SURROGATES.first) throw new Error('Half a character.');
  return place;
}
