/** Passes UTF-8 on by whole lines, with every secret in it replaced. */
export interface LineMasker {
  /** What can be passed on; it lies in memory that the next call uses again. */
  push(chunk: Uint8Array): Uint8Array;
  /** What is left, without a line feed of its own. */
  end(): Uint8Array;
}

const LF = 0x0a;
const MASK = Buffer.from('***');
const NOTHING = Buffer.alloc(0);

/** A line that never ends is passed on in pieces of about this length. */
const MAX_HELD = 64 * 1024;

/** A secret of several lines is masked line by line, as the runner masks it. */
export function createLineMasker(secrets: readonly string[]): LineMasker {
  const masks = secretLines(secrets);
  const overlap = Math.max(0, (masks[0]?.length ?? 0) - 1);
  let room = NOTHING;
  let from = 0;
  let to = 0;

  function push(chunk: Uint8Array): Uint8Array {
    hold(chunk);
    const held = room.subarray(from, to);
    if (!chunk.includes(LF) && held.length < MAX_HELD + overlap) return NOTHING;
    const lineEnd = held.lastIndexOf(LF) + 1;
    const isLong = held.length - lineEnd >= MAX_HELD + overlap;
    return pass(held, isLong ? held.length - overlap : lineEnd);
  }

  /** What was passed on is taken by now, so that its place is free. */
  function hold(chunk: Uint8Array): void {
    const rest = to - from;
    if (room.length < rest + chunk.length) {
      const larger = Buffer.allocUnsafe(Math.max(rest + chunk.length, room.length * 2));
      room.copy(larger, 0, from, to);
      room = larger;
    } else {
      room.copyWithin(0, from, to);
    }
    room.set(chunk, rest);
    from = 0;
    to = rest + chunk.length;
  }

  function pass(held: Buffer, safe: number): Uint8Array {
    const { masked, taken } = maskUpTo(held, safe, masks);
    from += taken;
    return masked;
  }

  function end(): Uint8Array {
    return pass(room.subarray(from, to), to - from);
  }

  return { push, end };
}

/** A whole text with every secret in it replaced. */
export function maskText(text: string, secrets: readonly string[]): string {
  const bytes = Buffer.from(text);
  return maskUpTo(bytes, bytes.length, secretLines(secrets)).masked.toString('utf8');
}

/** Fewer characters of a secret tell nothing of it, and stand at many an end. */
const MIN_BEGINNING = 4;

/**
 * A text that was cut, with the beginning of a secret at its end replaced: what stood between the secret's characters,
 * such as colour codes that a format spells, may have been taken out only afterwards.
 */
export function maskBeginning(text: string, secrets: readonly string[]): string {
  const end = text.endsWith('…') ? text.length - 1 : text.length;
  const shown = secretsByLine(secrets).map((secret) => lengthShown(text.slice(0, end), secret));
  const longest = Math.max(0, ...shown);
  return longest === 0 ? text : `${text.slice(0, end - longest)}***${text.slice(end)}`;
}

function lengthShown(text: string, secret: string): number {
  for (let length = secret.length - 1; length >= MIN_BEGINNING; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

/** What is looked for: each line by itself. The longest first, so that at one place the longer secret wins. */
export function secretsByLine(secrets: readonly string[]): readonly string[] {
  const lines = secrets.flatMap((secret) => secret.split(/\r?\n/)).map((line) => line.trim());
  const masks = [...new Set(lines)].filter((line) => line !== '');
  return masks.sort((a, b) => Buffer.byteLength(b) - Buffer.byteLength(a));
}

function secretLines(secrets: readonly string[]): readonly Buffer[] {
  return secretsByLine(secrets).map((line) => Buffer.from(line));
}

/** Replaces what begins before `safe`; from there on the text could still be the beginning of a longer secret. */
function maskUpTo(
  text: Buffer,
  safe: number,
  masks: readonly Buffer[],
): { readonly masked: Buffer; readonly taken: number } {
  const next = masks.map((mask) => text.indexOf(mask));
  const kept: Buffer[] = [];
  let from = 0;
  for (;;) {
    let first = -1;
    for (const [index, mask] of masks.entries()) {
      let at = next[index] ?? -1;
      if (at >= 0 && at < from) at = text.indexOf(mask, from);
      next[index] = at;
      if (at >= 0 && at < safe && (first < 0 || at < (next[first] ?? -1))) first = index;
    }
    const at = next[first];
    if (at === undefined) break;
    kept.push(text.subarray(from, at), MASK);
    from = at + (masks[first]?.length ?? 0);
  }
  const taken = Math.max(from, safe);
  const rest = text.subarray(from, taken);
  return { masked: kept.length === 0 ? rest : Buffer.concat([...kept, rest]), taken };
}
