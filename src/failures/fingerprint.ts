import type { Failure } from '../domain/failure.ts';

/** Past that, two messages of the same beginning are taken for the same. */
const MAX_COMPARED = 2000;

/** What changes from run to run though nothing else did, and what stands for it; applied in this order. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b0x[0-9a-f]{1,16}\b/gi, '<address>'],
  [/\b[0-9a-f]{40}\b|\b[0-9a-f]{64}\b/gi, '<hash>'],
  [/\b\d{1,12}(?:\.\d{1,12})?\s?(?:ms|s|sec|seconds|m|min|minutes)\b/g, '<duration>'],
  [/\b\d\d:\d\d:\d\d\b/g, '<time>'],
  [/:\d{1,9}(?::\d{1,9})?(?=\D|$)/g, ':<line>'],
  [/\(\d{1,9},\d{1,9}\)/g, '(<line>)'],
  [/\b(lines?) \d{1,9}\b/gi, '$1 <line>'],
];

/**
 * `<type>/<source>/<16 hex digits>`: equal for the same failure on another head. The digits are a 64-bit FNV-1a
 * hash of the sorted, normalised messages with their files and codes, or of `evidence` where a tool gave none. The
 * hash only tells failures of one module apart; nothing is trusted because of it.
 */
export function fingerprint(
  module: string,
  failure: Omit<Failure, 'fingerprint'>,
  evidence = '',
): string {
  const lines = failure.diagnostics.map(({ file, code, message }) =>
    [file ?? '', code ?? '', message].map((part) => normaliseMessage(part, module)).join('|'),
  );
  const told = lines.length > 0 ? lines : [failure.message, ...evidence.split('\n').slice(-20)];
  const normalised = told.map((line) => normaliseMessage(line, module)).filter(Boolean);
  const unique = [...new Set(normalised)].sort();
  return `${failure.type}/${failure.source}/${hash64(unique.join('\n'))}`;
}

/** The message without positions, times, addresses, folders and attempt numbers. */
function normaliseMessage(message: string, module: string): string {
  let text = message.slice(0, MAX_COMPARED).split(/\s+/).map(withoutFolder).join(' ');
  for (const [pattern, replacement] of VOLATILE) text = text.replace(pattern, replacement);
  return withoutAttempt(text, module).trim();
}

/** An absolute path keeps its last part, or nothing at all where it is a temporary one. */
function withoutFolder(word: string): string {
  const path = word.replaceAll('\\', '/');
  const start = path.search(/(?:^|["'(`=])(?:file:\/\/)?(?:\/|[A-Za-z]:\/)/);
  if (start < 0) return word;
  if (/\/(?:tmp|temp|var\/folders)\//i.test(path)) return '<temporary>';
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutAttempt(text: string, module: string): string {
  const parts = text.split(`${module}-`);
  return parts
    .map((part, index) => (index === 0 ? part : part.replace(/^\d{1,6}/, '<attempt>')))
    .join(`${module}-`);
}

/** FNV-1a with Noll's published 64-bit constants, over UTF-16 units in place of octets. */
function hash64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
