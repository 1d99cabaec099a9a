import { declaredInCode, declaredInProse } from './declared-names.ts';

/** What a module is specified by. */
export interface Specification {
  /** The prompt's section, in Markdown. */
  readonly prompt: string;
  /** The context handoff, in Markdown. */
  readonly handoff: string;
  /** The text of each shared type that the module declares, in TypeScript. */
  readonly types: readonly string[];
}

/** Which names a specification uses and which it defines itself. */
export interface SpecNames {
  readonly used: ReadonlySet<string>;
  readonly defined: ReadonlySet<string>;
}

const CAPITALISED = /\b[A-Z]\w+/g;

/**
 * In code every capitalised name is used; in sentences, comments included, only one of several parts such as
 * `PlexToken`: "Session" there may be no more than a word that begins a sentence.
 */
export function readSpecNames({ prompt, handoff, types }: Specification): SpecNames {
  const used = new Set<string>();
  const defined = new Set<string>();
  const documents = [prompt, handoff].map(splitMarkdown);
  for (const { code, prose, sentences } of [...documents, splitTypes(types)]) {
    for (const [name] of code.matchAll(CAPITALISED)) used.add(name);
    for (const [name] of prose.matchAll(CAPITALISED)) if (hasParts(name)) used.add(name);
    for (const name of declaredInCode(code)) defined.add(name);
    for (const name of declaredInProse(sentences)) defined.add(name);
  }
  return { used, defined };
}

interface Split {
  readonly code: string;
  readonly prose: string;
  /** The text between the fenced blocks, its code spans included. */
  readonly sentences: string;
}

function hasParts(name: string): boolean {
  return /[a-z]/.test(name) && /[A-Z]/.test(name.slice(1));
}

/** Fenced blocks and code spans are code, without their comments. */
function splitMarkdown(markdown: string): Split {
  const code: string[] = [];
  const prose: string[] = [];
  const sentences: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = /^ {0,3}(`{3}|~{3})/.exec(line)?.[1] ?? null;
    if (mark !== null && (fence === null || fence === mark)) {
      fence = fence === null ? mark : null;
    } else if (fence !== null) {
      code.push(line);
    } else {
      sentences.push(line);
      // What stands at odd places lies between two backticks.
      for (const [index, part] of line.split('`').entries()) (index % 2 ? code : prose).push(part);
    }
  }
  const split = splitComments(code.join('\n'));
  return {
    code: split.code,
    prose: [...prose, split.prose].join('\n'),
    sentences: sentences.join('\n'),
  };
}

function splitTypes(types: readonly string[]): Split {
  return { ...splitComments(types.join('\n')), sentences: '' };
}

/** A text that only looks like a comment, as in a URL, counts as one: nothing is lost but single words. */
function splitComments(source: string): Omit<Split, 'sentences'> {
  const code: string[] = [];
  const prose: string[] = [];
  const opening = /\/[/*]/g;
  let at = 0;
  for (;;) {
    opening.lastIndex = at;
    const start = opening.exec(source)?.index;
    if (start === undefined) break;
    const close = source.startsWith('/*', start) ? '*/' : '\n';
    const end = source.indexOf(close, start + 2);
    code.push(source.slice(at, start));
    at = end < 0 ? source.length : end + close.length;
    prose.push(source.slice(start, at));
  }
  code.push(source.slice(at));
  return { code: code.join('\n'), prose: prose.join('\n') };
}
