import { createTerminalFilter } from '../domain/terminal-text.ts';
import { createLineMasker } from './line-masker.ts';

/** Turns the bytes of one stream into clean text: lines, no colours, secrets masked, whatever the chunks. */
export interface OutputStream {
  push(bytes: Uint8Array): string;
  end(): string;
}

/** Bytes that are no UTF-8 become U+FFFD; a secret that colour codes split is whole again when it is looked for. */
export function createOutputStream(secrets: readonly string[]): OutputStream {
  const decoder = new TextDecoder('utf-8');
  const terminal = createTerminalFilter();
  const masker = createLineMasker(secrets);
  return {
    push: (bytes) => masker.push(terminal.push(decoder.decode(bytes, { stream: true }))),
    end: () => masker.push(terminal.push(decoder.decode())) + masker.end(),
  };
}

/** The last lines that say something, whole where they are not overlong. */
export function lastLines(text: string, maxLines: number, maxLength: number): string {
  const end = text.trimEnd();
  const cut = end.slice(-maxLength);
  const lines = cut.split('\n');
  const wholeLines = cut.length < end.length && lines.length > 1 ? lines.slice(1) : lines;
  return wholeLines.slice(-maxLines).join('\n');
}
