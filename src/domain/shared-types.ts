import { parse } from '@babel/parser';

import { type Problem, ProblemLog } from './problem.ts';
import type { SharedType } from './spec-pack.ts';
import { mergeRanges } from './spec-pack.ts';

type Statement = ReturnType<typeof parse>['program']['body'][number];
type Namespace = Extract<Statement, { type: 'TSModuleDeclaration' }>;
type ExportStatement = Extract<Statement, { type: 'ExportNamedDeclaration' }>;
type ExportSpecifier = ExportStatement['specifiers'][number];

/** One declaration of a name: where it stands and how it reads. */
interface Declaration {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The local name that an `export { local as name }` stands for. */
  readonly aliasOf: string | null;
}

/**
 * All that a TypeScript file declares or hands on by name, exported or not; members of a namespace as
 * `Namespace.Member`. A declaration goes from its first word (`export`) to its end: the comment above
 * is no part of it, so that a reworded comment is no changed type. `export *` names nothing.
 */
export function parseSharedTypes(
  source: string,
  file: string,
): { readonly types: ReadonlyMap<string, SharedType>; readonly problems: readonly Problem[] } {
  const text = source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const log = new ProblemLog(file);
  const declarations = [...collect(parseStatements(text, file, log), '', text)];
  return { types: groupByName(declarations), problems: log.problems() };
}

function parseStatements(text: string, file: string, log: ProblemLog): readonly Statement[] {
  try {
    const { program, errors } = parse(text, {
      sourceType: 'module',
      errorRecovery: true,
      plugins: [['typescript', { dts: /\.d\.[cm]?ts$/.test(file) }], 'decorators-legacy'],
    });
    for (const error of errors ?? []) addParseError(error, log);
    return program.body;
  } catch (error) {
    addParseError(error, log);
    return [];
  }
}

/** Babel ends its messages with the place, which the problem tells by itself. */
function addParseError(error: unknown, log: ProblemLog): void {
  const reason = error instanceof Error ? error.message : String(error);
  const place = error instanceof Error && 'loc' in error ? error.loc : null;
  const line = typeof place === 'object' && place !== null && 'line' in place && Number(place.line);
  log.add(
    typeof line === 'number' ? line : null,
    `The shared types cannot be parsed: ${reason.replace(/\s*\(\d+:\d+\)$/, '')}`,
    'Mend the TypeScript there; `npx tsc --noEmit` tells more.',
  );
}

function* collect(
  statements: readonly Statement[],
  prefix: string,
  text: string,
): Generator<Declaration> {
  for (const statement of statements) {
    if (statement.type === 'ExportNamedDeclaration' && !statement.declaration) {
      for (const specifier of statement.specifiers)
        yield exported(specifier, statement, prefix, text);
      continue;
    }
    const inner = declarationOf(statement);
    for (const name of namesOf(inner)) yield declared(prefix + name, statement, text);
    if (inner.type === 'TSModuleDeclaration') yield* collectNamespace(inner, prefix, text);
  }
}

function* collectNamespace(
  namespace: Namespace,
  prefix: string,
  text: string,
): Generator<Declaration> {
  const below = namespace.id.type === 'Identifier' ? `${prefix}${namespace.id.name}.` : null;
  if (below === null) return;
  const { body } = namespace;
  const isGlobal = namespace.kind === 'global';
  if (body.type === 'TSModuleBlock') yield* collect(body.body, isGlobal ? prefix : below, text);
  else yield* collect([body], below, text);
}

function declarationOf(statement: Statement): Statement {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ?? statement;
  if (statement.type !== 'ExportDefaultDeclaration') return statement;
  const { declaration } = statement;
  switch (declaration.type) {
    case 'ClassDeclaration':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return declaration;
    default:
      return statement;
  }
}

function namesOf(statement: Statement): readonly string[] {
  switch (statement.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'TSImportEqualsDeclaration':
      return [statement.id.name];
    case 'ClassDeclaration':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return [statement.id?.name ?? 'default'];
    case 'TSModuleDeclaration':
      return statement.id.type === 'Identifier' && statement.kind !== 'global'
        ? [statement.id.name]
        : [];
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []));
    case 'ExportDefaultDeclaration':
      return [idOf(statement.declaration) ?? 'default'];
    default:
      return [];
  }
}

/** Babel's types leave out `export default interface`. */
function idOf(node: object): string | null {
  if (!('id' in node) || typeof node.id !== 'object' || node.id === null) return null;
  return 'name' in node.id && typeof node.id.name === 'string' ? node.id.name : null;
}

function declared(name: string, node: Placed, text: string): Declaration {
  return { name, aliasOf: null, ...place(node, text) };
}

/** A name handed on: `export { A as B }`, from this file or another. */
function exported(
  specifier: ExportSpecifier,
  statement: ExportStatement,
  prefix: string,
  text: string,
): Declaration {
  const target = specifier.exported;
  const name = target.type === 'Identifier' ? target.name : target.value;
  const from = statement.source ? ` from '${statement.source.value}'` : '';
  const own = place(specifier, text);
  const isLocal = specifier.type === 'ExportSpecifier' && from === '';
  return {
    name: prefix + name,
    aliasOf: isLocal ? prefix + specifier.local.name : null,
    ...own,
    text: own.text + from,
  };
}

interface Placed {
  readonly start?: number | null;
  readonly end?: number | null;
  readonly loc?: {
    readonly start: { readonly line: number };
    readonly end: { readonly line: number };
  } | null;
}

function place(
  node: Placed,
  text: string,
): { readonly start: number; readonly end: number; readonly text: string } {
  return {
    start: node.loc?.start.line ?? 1,
    end: node.loc?.end.line ?? 1,
    text: text.slice(node.start ?? 0, node.end ?? 0),
  };
}

function groupByName(declarations: readonly Declaration[]): ReadonlyMap<string, SharedType> {
  const groups = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    // `export { A }` below the declaration of A adds nothing to it.
    if (declaration.aliasOf === declaration.name) continue;
    const group = groups.get(declaration.name);
    if (group === undefined) groups.set(declaration.name, [declaration]);
    else group.push(declaration);
  }
  const types = new Map<string, SharedType>();
  for (const [name, group] of groups) {
    const aliased = group.flatMap(({ aliasOf }) => groups.get(aliasOf ?? '') ?? []);
    const all = [...aliased, ...group].toSorted((a, b) => a.start - b.start);
    types.set(name, {
      name,
      ranges: mergeRanges(all),
      text: all.map(({ text }) => text).join('\n'),
    });
  }
  return types;
}
