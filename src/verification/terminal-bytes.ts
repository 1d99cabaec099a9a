import { createTerminalReader } from '../domain/terminal-text.ts';
import type { TerminalFate } from '../domain/terminal-text.ts';

/** Removes terminal control from UTF-8 that arrives in pieces, as `createTerminalFilter` does from text. */
export interface TerminalBytes {
  /** What is left of the chunk; it may lie in memory that the next call uses again. */
  push(chunk: Uint8Array): Uint8Array;
}

const LF = 0x0a;

/** Begins U+0080 to U+00BF, of which the first 32 are control characters. */
const LATIN = 0xc2;

/** Stands for every character past the control characters: a terminal treats them alike. */
const LETTER = 0x100;

/** By byte, 1 where a terminal at ease would show it, whatever follows. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return byte === LATIN ? 0 : 1;
  return createTerminalReader().read(byte) === 'keep' ? 1 : 0;
});

/** Bytes in, bytes out: a gigabyte of output would be gigabytes of strings to collect. */
export function createTerminalBytes(): TerminalBytes {
  const reader = createTerminalReader();
  let kept = Buffer.alloc(0);
  let length = 0;
  let fate: TerminalFate = 'keep';
  let afterLatin = false;

  function push(chunk: Uint8Array): Uint8Array {
    if (isAtEase() && isAllPlain(chunk)) return chunk;
    if (kept.length <= chunk.length) kept = Buffer.allocUnsafe(chunk.length + 1);
    length = 0;
    let at = 0;
    while (at < chunk.length) pushByte(chunk[at++] ?? 0);
    return kept.subarray(0, length);
  }

  /** Not within a character either: its rest goes where its first byte went. */
  function isAtEase(): boolean {
    return reader.isAtEase() && !afterLatin && fate === 'keep';
  }

  function pushByte(byte: number): void {
    if (afterLatin) pushAfterLatin(byte);
    else if (byte === LATIN) afterLatin = true;
    else if (isContinuation(byte)) pushRest(byte);
    else pushCharacter(byte < 0x80 ? byte : LETTER, byte);
  }

  function pushAfterLatin(byte: number): void {
    afterLatin = false;
    if (byte >= 0x80 && byte < 0xa0) {
      fate = reader.read(byte);
      return;
    }
    pushCharacter(LETTER, LATIN);
    pushByte(byte);
  }

  function pushCharacter(code: number, firstByte: number): void {
    fate = reader.read(code);
    if (fate !== 'drop') kept[length++] = fate === 'keep' ? firstByte : LF;
  }

  function pushRest(byte: number): void {
    if (fate === 'keep') kept[length++] = byte;
  }

  return { push };
}

/** By index: the iterator of a typed array takes four times as long. */
function isAllPlain(chunk: Uint8Array): boolean {
  let at = 0;
  while (at < chunk.length && PLAIN[chunk[at] ?? 0] === 1) at += 1;
  return at === chunk.length;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
