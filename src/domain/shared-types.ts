import { parse } from '@babel/parser';

import { type Problem, ProblemLog } from './problem.ts';
import {
  type Declaration,
  type Declarations,
  type Statement,
  type Unread,
  collectDeclarations,
} from './shared-types-declarations.ts';
import type { SharedType } from './spec-pack.ts';
import { mergeRanges } from './spec-pack.ts';

/** The shared types of a file, and what of it could not be read. */
export interface SharedTypes {
  readonly types: ReadonlyMap<string, SharedType>;
  /** Statements that hand on names which only another file tells. */
  readonly unread: readonly Unread[];
  readonly problems: readonly Problem[];
}

/**
 * All that a TypeScript file declares or hands on by name, exported or not; members of a namespace as
 * `Namespace.Member`. A declaration goes from its first word (`export`) to its end: the comment above
 * is no part of it, so that a reworded comment is no changed type. `export *` names nothing.
 */
export function parseSharedTypes(source: string, file: string): SharedTypes {
  const text = source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const log = new ProblemLog(file, 'pack-types');
  const declarations = collectDeclarations(parseStatements(text, file, log), text);
  const types = groupByName(declarations, log);
  return { types, unread: declarations.unread, problems: log.problems() };
}

interface Parse {
  readonly statements: readonly Statement[];
  readonly errors: readonly unknown[];
}

/** Of a longer file only the first error is told: each costs the parser a stack trace. */
const MAX_RECOVERED_LENGTH = 100_000;

/** Which decorators are meant only a tsconfig tells: today's, or else those of `experimentalDecorators`. */
const DECORATORS = ['decorators', 'decorators-legacy'] as const;

function parseStatements(text: string, file: string, log: ProblemLog): readonly Statement[] {
  const [modern, legacy] = DECORATORS;
  const strict = parseWith({ decorators: modern, errorRecovery: false }, text, file);
  if (strict.errors.length === 0) return strict.statements;
  const errorRecovery = text.length <= MAX_RECOVERED_LENGTH;
  const today = parseWith({ decorators: modern, errorRecovery }, text, file);
  const experimental = parseWith({ decorators: legacy, errorRecovery }, text, file);
  const best = isBetter(experimental, today) ? experimental : today;
  for (const error of best.errors) addParseError(error, log);
  return best.statements;
}

/** A parse that was given up has a single error, and no statements. */
function isBetter(a: Parse, b: Parse): boolean {
  if (a.statements.length === 0) return false;
  return b.statements.length === 0 || a.errors.length < b.errors.length;
}

function parseWith(
  how: { readonly decorators: (typeof DECORATORS)[number]; readonly errorRecovery: boolean },
  text: string,
  file: string,
): Parse {
  try {
    const { program, errors } = parse(text, {
      sourceType: 'module',
      errorRecovery: how.errorRecovery,
      plugins: [
        ['typescript', { dts: /\.d\.[cm]?ts$/.test(file) }],
        how.decorators,
        'decoratorAutoAccessors',
        'deferredImportEvaluation',
      ],
    });
    return { statements: program.body, errors: errors ?? [] };
  } catch (error) {
    return { statements: [], errors: [error] };
  }
}

/** Babel ends its messages with the place, which the problem tells by itself. */
function addParseError(error: unknown, log: ProblemLog): void {
  const reason = error instanceof Error ? error.message : String(error);
  const place = error instanceof Error && 'loc' in error ? error.loc : null;
  const line = typeof place === 'object' && place !== null && 'line' in place && Number(place.line);
  log.add(
    typeof line === 'number' ? line : null,
    `The shared types cannot be parsed: ${reason.replace(/\.?\s*\(\d+:\d+\)$|\.$/, '')}.`,
    'Mend the TypeScript there; `npx tsc --noEmit` tells more.',
  );
}

/** Far more than any file of types needs; each alias costs as much as what it stands for. */
const MAX_ALIASED = 100_000;

function groupByName(
  { declared, imported }: Declarations,
  log: ProblemLog,
): ReadonlyMap<string, SharedType> {
  const groups = new Map<string, Declaration[]>();
  for (const declaration of declared) {
    const group = groups.get(declaration.name);
    if (group === undefined) groups.set(declaration.name, [declaration]);
    else group.push(declaration);
  }
  const types = new Map<string, SharedType>();
  let aliased = 0;
  for (const [name, group] of groups) {
    const all = withAliased(group, groups, imported);
    aliased += all.length - group.length;
    if (aliased > MAX_ALIASED) {
      const message = `The aliases stand for more than ${MAX_ALIASED} declarations.`;
      log.add(group[0]?.start ?? null, message, 'Hand on each declaration once.');
      break;
    }
    if (all.length > 0) types.set(name, sharedType(name, all));
  }
  return types;
}

/** A name's declarations and those it stands for; an `export { A }` adds nothing to the A above it. */
function withAliased(
  group: readonly Declaration[],
  groups: ReadonlyMap<string, readonly Declaration[]>,
  imported: ReadonlyMap<string, Declaration>,
): readonly Declaration[] {
  const own = group.filter(({ aliasOf, name }) => aliasOf !== name);
  if (own.length > 0 && own.length < group.length) return withAliased(own, groups, imported);
  const targets = new Set(group.flatMap(({ aliasOf }) => aliasOf ?? []));
  const aliased = [...targets].flatMap((target) => {
    const local = (groups.get(target) ?? []).filter(({ aliasOf }) => aliasOf !== target);
    return local.length > 0 ? local : (imported.get(target) ?? []);
  });
  return [...aliased, ...group];
}

function sharedType(name: string, declarations: readonly Declaration[]): SharedType {
  const sorted = declarations.toSorted((a, b) => a.start - b.start);
  return {
    name,
    ranges: mergeRanges(sorted),
    text: sorted.map(({ text }) => text).join('\n'),
  };
}
