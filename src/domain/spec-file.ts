/** A file of the spec pack, or the config, as it was found. */
export type SpecFile =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'missing' } | UnreadableFile;

/** A file that is there and is not UTF-8 text, or too long; the message goes on from its name. */
export interface UnreadableFile {
  readonly kind: 'unreadable';
  /** 1-based; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly message: string;
  readonly fix: string;
}

/** A thousand prompts of four pages each; reading more would hold up every run. */
export const MAX_LENGTH = 4 * 1024 * 1024;

const AS_UTF8 = 'Save it as UTF-8 text.';

const NOT_UTF8 = 'holds bytes that are not UTF-8.';

const CONVERT = `${AS_UTF8} An editor that shows it as Latin-1 or Windows-1252 can convert it.`;

/** What a decoder puts in the place of bytes it cannot read. */
export const REPLACEMENT = '\uFFFD';

const LINE_END = 0x0a;

/** Tells a file's text from its bytes; a byte order mark of UTF-8 is no part of it. */
export function decodeSpecFile(bytes: Uint8Array): SpecFile {
  if (bytes.length > MAX_LENGTH) return TOO_LONG;
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (marked || looksLikeUtf16(bytes)) {
    return { kind: 'unreadable', line: null, message: 'is UTF-16 text, not UTF-8.', fix: AS_UTF8 };
  }
  const text = decode(bytes);
  if (text !== null) return checkedText(text);
  return bytes.includes(0) ? binary(null) : invalidBytes(bytes);
}

/** A text that somebody else decoded; null stands for a file that is not there. */
export function specFileOf(text: string | null): SpecFile {
  if (text === null) return { kind: 'missing' };
  return text.length > MAX_LENGTH ? TOO_LONG : checkedText(text);
}

const TOO_LONG: UnreadableFile = {
  kind: 'unreadable',
  line: null,
  message: `is larger than ${MAX_LENGTH / 1024 / 1024} MiB.`,
  fix: 'Keep nothing but the specification in it.',
};

/** A file that is known to be no text by whoever stores it, and was not read further; UTF-16 is taken for that too. */
export const BINARY_FILE: UnreadableFile = {
  kind: 'unreadable',
  line: null,
  message: 'is binary or UTF-16, not UTF-8 text.',
  fix: AS_UTF8,
};

/** A text that somebody else decoded, who put a sign in the place of bytes that are not UTF-8. */
export function misreadFile(text: string): UnreadableFile {
  const line = text.slice(0, text.indexOf(REPLACEMENT)).split('\n').length;
  return { kind: 'unreadable', line, message: NOT_UTF8, fix: CONVERT };
}

/** A file of which only a part could be read. */
export function cutFile(bytes: number): UnreadableFile {
  const message = `has ${bytes} bytes, too many to be read.`;
  return { kind: 'unreadable', line: null, message, fix: 'Shorten it.' };
}

function binary(line: number | null): UnreadableFile {
  return { kind: 'unreadable', line, message: 'is binary, not text.', fix: AS_UTF8 };
}

function checkedText(text: string): SpecFile {
  const zero = text.indexOf('\0');
  return zero === -1 ? { kind: 'text', text } : binary(text.slice(0, zero).split('\n').length);
}

/** UTF-16 without its mark: every other byte of Latin letters is zero. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 1000) & ~1;
  for (let index = 0; index < length; index += 1) {
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  return length >= 4 && Math.max(even, odd) > length * 0.3 && Math.min(even, odd) < length * 0.05;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** No character of several bytes holds a line end, so that lines can be told apart before they are read. */
function invalidBytes(bytes: Uint8Array): UnreadableFile {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const next = bytes.indexOf(LINE_END, start);
    const end = next === -1 ? bytes.length : next;
    if (decode(bytes.subarray(start, end)) === null) break;
    start = end + 1;
  }
  return {
    kind: 'unreadable',
    line,
    message: NOT_UTF8,
    fix: CONVERT,
  };
}
