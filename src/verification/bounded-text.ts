/** Text that arrives without end and is kept from both of its ends. */
export interface BoundedText {
  push(chunk: string): void;
  /** The whole, or its beginning and its end with a line between them that counts what was left out. */
  text(): string;
}

/** Small chunks are joined up to there: one object for each of a million single characters would cost more than the text. */
const PIECE = 64 * 1024;

/** Keeps the first `limit / 2` characters and at least the last `limit / 2`. */
export function createBoundedText(limit: number): BoundedText {
  const half = Math.floor(limit / 2);
  const pieces: string[] = [];
  let head = '';
  let tail = '';
  let pieceLength = 0;
  let dropped = 0;

  function push(chunk: string): void {
    const room = half - head.length;
    if (room > 0) head += chunk.slice(0, room);
    tail += room > 0 ? chunk.slice(room) : chunk;
    if (tail.length < PIECE) return;
    pieces.push(tail);
    pieceLength += tail.length;
    tail = '';
    while (pieceLength - (pieces[0]?.length ?? 0) >= half) {
      const length = pieces.shift()?.length ?? 0;
      pieceLength -= length;
      dropped += length;
    }
  }

  function text(): string {
    const end = pieces.join('') + tail;
    const gap = dropped === 0 ? '' : `\n… ${dropped} characters are left out here …\n`;
    return head + gap + end;
  }

  return { push, text };
}
