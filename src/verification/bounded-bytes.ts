/** Text that arrives without end, in UTF-8, and is kept from both of its ends. */
export interface BoundedBytes {
  push(chunk: Uint8Array): void;
  /** The whole, or its beginning and its end with a line between them that counts what was left out. */
  text(): string;
  isCut(): boolean;
}

/** More room for a text whose beginning is worth it. */
export interface Widening {
  readonly limitBytes: number;
  /** Asked once, of the first half of what is kept otherwise. */
  readonly isWorth: (beginning: string) => boolean;
}

/** Nothing that a child prints stays on the heap: the room is taken once, where the text first needs it. */
export function createBoundedBytes(limitBytes: number, widening?: Widening): BoundedBytes {
  let half = Math.floor(limitBytes / 2);
  let more = widening;
  let head: Buffer = Buffer.alloc(0);
  let headLength = 0;
  let ring = Buffer.alloc(0);
  /** All that ever went into the ring, so that the next place is this modulo its size. */
  let ringTotal = 0;

  function push(chunk: Uint8Array): void {
    const room = Math.min(half - headLength, chunk.length);
    if (room > 0) {
      head = withRoom(head, headLength + room, half);
      head.set(chunk.subarray(0, room), headLength);
      headLength += room;
    }
    const rest = chunk.subarray(room);
    if (rest.length > 0 && widens()) push(rest);
    else pushToRing(rest);
  }

  function widens(): boolean {
    if (more?.isWorth(head.toString('utf8')) !== true) {
      more = undefined;
      return false;
    }
    half = Math.floor(more.limitBytes / 2);
    more = undefined;
    return true;
  }

  function pushToRing(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (ring.length === 0) ring = Buffer.alloc(half);
    const kept = chunk.subarray(Math.max(0, chunk.length - half));
    const at = (ringTotal + chunk.length - kept.length) % half;
    const first = kept.subarray(0, half - at);
    ring.set(first, at);
    ring.set(kept.subarray(first.length), 0);
    ringTotal += chunk.length;
  }

  function text(): string {
    const beginning = head.subarray(0, headLength);
    if (!isCut()) {
      return Buffer.concat([beginning, ring.subarray(0, ringTotal)]).toString('utf8');
    }
    const at = ringTotal % half;
    const end = Buffer.concat([ring.subarray(at), ring.subarray(0, at)]);
    const gap = `\n… ${ringTotal - half} bytes are left out here …\n`;
    return (
      wholeCharacters(beginning).toString('utf8') + gap + wholeCharacters(end).toString('utf8')
    );
  }

  const isCut = (): boolean => ringTotal > half;

  return { push, text, isCut };
}

/** Twice as large until it holds `length`, so that a quiet command takes little. */
function withRoom(buffer: Buffer, length: number, limit: number): Buffer {
  if (length <= buffer.length) return buffer;
  const larger = Buffer.alloc(Math.min(limit, Math.max(length, buffer.length * 2)));
  buffer.copy(larger);
  return larger;
}

/** Without the parts of characters that a cut leaves at either end. */
function wholeCharacters(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  let end = bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    if (back < lengthFrom(byte)) end = bytes.length - back;
    break;
  }
  return bytes.subarray(start, end);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** How many bytes the character has that begins with this one (RFC 3629). */
function lengthFrom(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}
