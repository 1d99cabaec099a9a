import { type ChangedLines, countChangedLines } from './changed-lines.ts';
import type { ModuleConfig } from './config-types.ts';

/** An implementation prompt: one heading of the prompts file and all below it up to the next of its rank. */
export interface PromptSection {
  readonly number: number;
  readonly heading: string;
  /** The anchor GitHub gives the heading. */
  readonly slug: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** A shared type's declarations: all of them where they merge or overload. */
export interface SharedType {
  readonly name: string;
  /** 1-based, inclusive, in file order. */
  readonly ranges: readonly LineRange[];
  readonly text: string;
}

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** The single source of truth as it stands on one commit. */
export interface SpecPack {
  readonly prompts: ReadonlyMap<number, PromptSection>;
  readonly types: ReadonlyMap<string, SharedType>;
  /** Module id to the handoff's blob id; a blob id is a hash of the text. */
  readonly handoffs: ReadonlyMap<string, string>;
}

/** Hashes of what one module is specified by; equal while its specification is the same. */
export interface SpecFingerprint {
  readonly prompt: string;
  readonly handoff: string;
  /** Shared type's name to the hash of its text. */
  readonly types: Readonly<Record<string, string>>;
}

/** The commits between which the specification changed, or a branch's name; the earlier one may be unknown. */
export interface SpecChangeRange {
  readonly repositoryUrl: string;
  readonly before: string | null;
  readonly after: string;
}

/** What of a module's specification changed between two fingerprints, by name. */
export interface SpecChange {
  readonly part: 'prompt' | 'handoff' | 'type';
  readonly name: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Left out where one of the two texts could not be read. */
  readonly lines?: ChangedLines;
}

/** Texts of the specification by the hash a fingerprint has of them, so that none is taken for another. */
export type SpecTexts = ReadonlyMap<string, string>;

/** In file order; ranges that overlap or touch become one. */
export function mergeRanges(ranges: readonly LineRange[]): readonly LineRange[] {
  const merged: LineRange[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last === undefined || start > last.end + 1) merged.push({ start, end });
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, end) };
  }
  return merged;
}

/** `262-334, 401-410`; a single line keeps the template's form, `12-12`. */
export function formatRanges(ranges: readonly LineRange[]): string {
  return mergeRanges(ranges)
    .map(({ start, end }) => `${start}-${end}`)
    .join(', ');
}

/** What a module is specified by, now; a part that does not exist is an empty hash or left out. */
export function fingerprintSpec(
  module: Pick<ModuleConfig, 'id' | 'prompt' | 'types'>,
  pack: SpecPack,
  hash: (text: string) => string,
): SpecFingerprint {
  const prompt = pack.prompts.get(module.prompt);
  const types = module.types.flatMap((name) => {
    const type = pack.types.get(name);
    return type === undefined ? [] : [[name, hash(type.text)] as const];
  });
  return {
    prompt: prompt === undefined ? '' : hash(prompt.text),
    handoff: pack.handoffs.get(module.id) ?? '',
    types: Object.fromEntries(types),
  };
}

/** Every prompt and type of a pack by its hash; the handoffs' texts come by blob id as they are. */
export function specTexts(
  pack: Pick<SpecPack, 'prompts' | 'types'>,
  handoffs: ReadonlyMap<string, string>,
  hash: (text: string) => string,
): SpecTexts {
  const parts = [...pack.prompts.values(), ...pack.types.values()];
  return new Map([...parts.map(({ text }) => [hash(text), text] as const), ...handoffs]);
}

/** What changed, named as the document's table of sources names it; empty where nothing did. */
export function compareSpec(
  before: SpecFingerprint,
  after: SpecFingerprint,
  texts: SpecTexts = new Map(),
): readonly SpecChange[] {
  const [old, now] = [new Map(Object.entries(before.types)), new Map(Object.entries(after.types))];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  const parts = [
    { part: 'prompt', name: 'Implementation Prompt', hashes: [before.prompt, after.prompt] },
    { part: 'handoff', name: 'Context Handoff', hashes: [before.handoff, after.handoff] },
    ...names.map((name) => {
      return { part: 'type', name, hashes: [old.get(name) ?? '', now.get(name) ?? ''] } as const;
    }),
  ] as const;
  return parts.flatMap(({ part, name, hashes: [from, to] }) =>
    from === to ? [] : [{ part, name, ...changeOf(from, to, texts) }],
  );
}

/** An empty hash stands for a part that is not there. */
function changeOf(
  before: string,
  after: string,
  texts: SpecTexts,
): Pick<SpecChange, 'change' | 'lines'> {
  const change = before === '' ? 'added' : after === '' ? 'removed' : 'changed';
  const [old, now] = [before, after].map((hash) => (hash === '' ? '' : texts.get(hash)));
  if (old === undefined || now === undefined) return { change };
  return { change, lines: countChangedLines(old, now) };
}
