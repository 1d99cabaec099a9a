import type { Failure } from '../domain/failure.ts';

/** Past that, two messages of the same beginning are taken for the same. */
const MAX_COMPARED = 2000;

/**
 * A message that was cut ends elsewhere when a number before the cut has another digit, so that less is compared than
 * is kept.
 */
const MAX_NORMALISED = 500;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const DAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?';

/** What changes from run to run though nothing else did, and what stands for it; applied in this order. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [new RegExp(`\\b${DAY}(?:\\d{1,2} ${MONTH}|${MONTH} \\d{1,2}),? \\d{4}\\b`, 'g'), '<date>'],
  [/\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\/\d{1,2}\/\d{4}\b/g, '<date>'],
  [
    /\b\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?(?: ?[AP]M)?(?: (?:GMT|UTC)(?:[+-]\d{4})?)?(?: \([A-Z][A-Za-z ]{2,40}\))?/g,
    '<time>',
  ],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b0x[0-9a-f]{1,16}\b/gi, '<address>'],
  // A word of both digits and letters that are all hexadecimal, or a number such as milliseconds since 1970.
  [/\b(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])[0-9a-f]{8,64}\b|\b\d{10,20}\b/g, '<id>'],
  [/\b\d{1,12}(?:\.\d{1,12})?\s?(?:[mµun]?s|secs?|seconds?|m|mins?|minutes?)\b/g, '<duration>'],
  // TAP writes the unit before the number.
  [/\b(duration(?:_ms)?|time)([ :=]{1,3})\d{1,12}(?:\.\d{1,12})?/gi, '$1$2<duration>'],
  [/(\.[A-Za-z]\w{0,9})\(\d{1,9},\d{1,9}\)/g, '$1(<line>)'],
  [/(\.[A-Za-z]\w{0,9}|[^\s:]):\d{1,9}:\d{1,9}\b/g, '$1:<line>'],
  [/(\.[A-Za-z]\w{0,9}):\d{1,9}\b/g, '$1:<line>'],
  [/\b(localhost|\d{1,3}(?:\.\d{1,3}){3}|::1\]?):\d{1,5}\b/g, '$1:<port>'],
  [/\b(lines?|columns?|col|port|pid|seed)([ :=#]{1,3})\d{1,12}\b/gi, '$1$2<number>'],
];

/**
 * `<type>/<source>/<16 hex digits>`: equal for the same failure on another head. The digits are a 64-bit FNV-1a
 * hash of the module and the sorted, normalised messages with their files and codes, or of `evidence` where a tool gave
 * none. The hash only tells failures apart; nothing is trusted because of it.
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
  return `${failure.type}/${failure.source}/${hash64([module, ...unique].join('\n'))}`;
}

/** The message without positions, times, addresses, folders and attempt numbers. */
function normaliseMessage(message: string, module: string): string {
  let text = message.slice(0, MAX_COMPARED).split(/\s+/).map(withoutFolder).join(' ');
  for (const [pattern, replacement] of VOLATILE) text = text.replace(pattern, replacement);
  return withoutAttempt(text, module).trim().slice(0, MAX_NORMALISED);
}

/** Where systems put temporary files: POSIX, macOS and Windows. */
const TEMPORARY = /\/(?:tmp|temp|var\/folders\/[^/]{1,99}\/[^/]{1,99}\/T)\//i;

/** An absolute path keeps its last part; of a temporary one that is a name of its own only below a folder. */
function withoutFolder(word: string): string {
  const path = word.replaceAll('\\', '/');
  const start = path.search(/(?:^|["'(`=])(?:file:\/\/)?(?:\/|[A-Za-z]:\/)/);
  if (start < 0) return word;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const temporary = TEMPORARY.exec(path);
  if (temporary === null) return name;
  const isBelow = path.includes('/', temporary.index + temporary[0].length);
  return isBelow ? `<temporary>/${name}` : '<temporary>';
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
