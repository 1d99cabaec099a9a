/** Hides registered values in everything a job prints. */
export interface Masker {
  add(value: string): void;
  mask(text: string): string;
  /** Whether a text holds a registered value, so that an output made of it must not leave the job. */
  hides(text: string): boolean;
}

/**
 * A masker that hides each value and, as the runner does, its lines and its usual encodings.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/HostContext.cs
 */
export function createMasker(): Masker {
  const values = new Set<string>();
  return {
    add(value) {
      for (const variant of variantsOf(value)) values.add(variant);
    },
    mask: (text) => maskRanges(text, rangesOf(values, text)),
    hides: (text) => rangesOf(values, text).length > 0,
  };
}

function variantsOf(value: string): readonly string[] {
  const texts = [value, ...value.split(/\r?\n/u)].map((text) => text.trim());
  const variants = texts.flatMap((text) => [text, ...encodingsOf(text)]);
  return variants.filter((variant) => variant !== '');
}

function encodingsOf(text: string): readonly string[] {
  if (text === '') return [];
  return [JSON.stringify(text).slice(1, -1), encodeURIComponent(text), ...base64Of(text)];
}

/** The base64 forms a value takes wherever it starts within a longer text's groups of three bytes. */
function base64Of(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  return [0, 1, 2].flatMap((shift) => {
    const inner = bytes.subarray(shift);
    const whole = inner.subarray(0, inner.length - (inner.length % 3));
    const encoded = shift === 0 ? [bytes.toString('base64')] : [];
    return whole.length >= 6 ? [...encoded, whole.toString('base64')] : encoded;
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function rangesOf(values: ReadonlySet<string>, text: string): readonly Range[] {
  const ranges: Range[] = [];
  for (const value of values) {
    let start = text.indexOf(value);
    while (start >= 0) {
      ranges.push({ start, end: start + value.length });
      start = text.indexOf(value, start + 1);
    }
  }
  return ranges.sort((left, right) => left.start - right.start);
}

/** One `***` for each stretch, so that overlapping values leave no remainder behind. */
function maskRanges(text: string, ranges: readonly Range[]): string {
  let masked = '';
  let position = 0;
  for (const { start, end } of ranges) {
    if (end <= position) continue;
    if (start >= position) masked += `${text.slice(position, start)}***`;
    position = end;
  }
  return masked + text.slice(position);
}
