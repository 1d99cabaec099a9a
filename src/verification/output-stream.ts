import { createLineMasker } from './line-masker.ts';
import { createTerminalBytes } from './terminal-bytes.ts';

/** Turns the bytes of one stream into clean UTF-8: lines, no colours, secrets masked, whatever the chunks. */
export interface OutputStream {
  /** What can be passed on; it lies in memory that the next call uses again. */
  push(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** Colours go first: a secret that they split is whole again when it is looked for. */
export function createOutputStream(secrets: readonly string[]): OutputStream {
  const terminal = createTerminalBytes();
  const masker = createLineMasker(secrets);
  return { push: (bytes) => masker.push(terminal.push(bytes)), end: () => masker.end() };
}

/** The clean text of bytes that are all there; those that are no UTF-8 become U+FFFD. */
export function cleanText(bytes: Uint8Array, secrets: readonly string[]): string {
  const stream = createOutputStream(secrets);
  const decoder = new TextDecoder('utf-8');
  return decoder.decode(stream.push(bytes), { stream: true }) + decoder.decode(stream.end());
}

/** The last lines that say something, whole where they are not overlong. */
export function lastLines(text: string, maxLines: number, maxLength: number): string {
  const end = text.trimEnd();
  const cut = end.slice(-maxLength);
  const lines = cut.split('\n');
  const wholeLines = cut.length < end.length && lines.length > 1 ? lines.slice(1) : lines;
  return wholeLines.slice(-maxLines).join('\n');
}
