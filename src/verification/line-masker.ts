/** Passes text on by whole lines, with every secret in it replaced. */
export interface LineMasker {
  push(chunk: string): string;
  /** What is left, without a line feed of its own. */
  end(): string;
}

const MASK = '***';

/** A line that never ends is passed on in pieces of about this length. */
const MAX_HELD = 64 * 1024;

/** A secret of several lines is masked line by line, as the runner masks it. */
export function createLineMasker(secrets: readonly string[]): LineMasker {
  const masks = secretLines(secrets);
  const overlap = Math.max(0, (masks[0]?.length ?? 0) - 1);
  let pieces: string[] = [];
  let held = 0;

  function push(chunk: string): string {
    pieces.push(chunk);
    held += chunk.length;
    if (!chunk.includes('\n') && held < MAX_HELD + overlap) return '';
    const text = pieces.join('');
    const lineEnd = text.lastIndexOf('\n') + 1;
    const safe = text.length - lineEnd < MAX_HELD + overlap ? lineEnd : text.length - overlap;
    return pass(text, safe);
  }

  function pass(text: string, safe: number): string {
    const { masked, rest } = maskUpTo(text, safe, masks);
    pieces = [rest];
    held = rest.length;
    return masked;
  }

  function end(): string {
    const text = pieces.join('');
    return pass(text, text.length);
  }

  return { push, end };
}

/** The longest first, so that at one place the longer secret wins. */
function secretLines(secrets: readonly string[]): readonly string[] {
  const lines = secrets.flatMap((secret) => secret.split(/\r?\n/)).map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== '').sort((a, b) => b.length - a.length);
}

/** Replaces what begins before `safe`; from there on the text could still be the beginning of a longer secret. */
function maskUpTo(
  text: string,
  safe: number,
  masks: readonly string[],
): { readonly masked: string; readonly rest: string } {
  const next = masks.map((mask) => text.indexOf(mask));
  const kept: string[] = [];
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
    kept.push(text.slice(from, at), MASK);
    from = at + (masks[first]?.length ?? 0);
  }
  const end = Math.max(from, safe);
  kept.push(text.slice(from, end));
  return { masked: kept.join(''), rest: text.slice(end) };
}
