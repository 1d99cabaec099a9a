import type { parse } from '@babel/parser';

export type Statement = ReturnType<typeof parse>['program']['body'][number];
type Namespace = Extract<Statement, { type: 'TSModuleDeclaration' }>;
type NamedExport = Extract<Statement, { type: 'ExportNamedDeclaration' }>;
type DefaultExport = Extract<Statement, { type: 'ExportDefaultDeclaration' }>;
type Import = Extract<Statement, { type: 'ImportDeclaration' }>;
type Pattern = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]['id'];

/** One declaration of a name: where it stands and how it reads. */
export interface Declaration {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The local name that an `export { local as name }` stands for. */
  readonly aliasOf: string | null;
}

/** A statement whose names are not in this file, as `export * from './x'`. */
export interface Unread {
  readonly line: number;
  /** Its beginning, as written. */
  readonly text: string;
}

export interface Declarations {
  readonly declared: Declaration[];
  /** By local name; the file only hands them on where it exports them. */
  readonly imported: Map<string, Declaration>;
  readonly unread: Unread[];
}

/** Deeper namespaces are not looked into: a name of that many parts is nobody's. */
const MAX_NAMESPACES = 32;

/** No more of a statement is shown. */
const MAX_UNREAD = 80;

/** Everything that the statements declare or hand on by name, in their order. */
export function collectDeclarations(statements: readonly Statement[], text: string): Declarations {
  const collector = new Collector(text);
  collector.collect(statements, '', 0);
  return collector.found;
}

class Collector {
  readonly found: Declarations = { declared: [], imported: new Map(), unread: [] };
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  collect(statements: readonly Statement[], prefix: string, depth: number): void {
    for (const statement of statements) this.#read(statement, prefix, depth);
  }

  #read(statement: Statement, prefix: string, depth: number): void {
    switch (statement.type) {
      case 'ImportDeclaration':
        this.#readImport(statement);
        return;
      case 'ExportAllDeclaration':
        this.#addUnread(statement);
        return;
      case 'ExportNamedDeclaration':
        if (statement.declaration) this.#declare(statement.declaration, statement, prefix, depth);
        else this.#readSpecifiers(statement, prefix);
        return;
      case 'ExportDefaultDeclaration':
        this.#readDefault(statement, prefix, depth);
        return;
      default:
        this.#declare(statement, statement, prefix, depth);
    }
  }

  #declare(declaration: Statement, whole: Placed, prefix: string, depth: number): void {
    for (const name of namesOf(declaration)) this.#add(prefix + name, whole, null);
    if (declaration.type === 'TSModuleDeclaration') this.#enter(declaration, whole, prefix, depth);
  }

  #enter(namespace: Namespace, whole: Placed, prefix: string, depth: number): void {
    if (namespace.id.type !== 'Identifier') {
      this.#addUnread(whole);
      return;
    }
    if (depth === MAX_NAMESPACES) return;
    const { body, id, kind } = namespace;
    const below = kind === 'global' ? prefix : `${prefix}${id.name}.`;
    this.collect(body.type === 'TSModuleBlock' ? body.body : [body], below, depth + 1);
  }

  #readDefault(statement: DefaultExport, prefix: string, depth: number): void {
    const { declaration } = statement;
    switch (declaration.type) {
      case 'ClassDeclaration':
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        this.#declare(declaration, statement, prefix, depth);
        return;
      case 'Identifier':
        this.#add(`${prefix}default`, statement, prefix + declaration.name);
        return;
      default:
        this.#add(prefix + (idOf(declaration) ?? 'default'), statement, null);
    }
  }

  /** Names handed on: `export { A as B }`, from this file or another. */
  #readSpecifiers(statement: NamedExport, prefix: string): void {
    const from = statement.source ? ` from '${statement.source.value}'` : '';
    for (const specifier of statement.specifiers) {
      const { exported } = specifier;
      const name = exported.type === 'Identifier' ? exported.name : exported.value;
      const isLocal = specifier.type === 'ExportSpecifier' && from === '';
      const local = isLocal ? prefix + specifier.local.name : null;
      this.#add(prefix + name, specifier, local, from);
    }
  }

  #readImport({ specifiers, source }: Import): void {
    for (const specifier of specifiers) {
      const { name } = specifier.local;
      const from = ` from '${source.value}'`;
      this.found.imported.set(name, declarationOf(name, specifier, this.#text, from));
    }
  }

  #add(name: string, node: Placed, aliasOf: string | null, suffix = ''): void {
    this.found.declared.push({ ...declarationOf(name, node, this.#text, suffix), aliasOf });
  }

  #addUnread(node: Placed): void {
    const { start, text } = declarationOf('', node, this.#text, '');
    const [head = ''] = text.split(/[\n{;]/, 1);
    this.found.unread.push({ line: start, text: head.trim().slice(0, MAX_UNREAD) });
  }
}

interface Placed {
  readonly start?: number | null;
  readonly end?: number | null;
  readonly loc?: {
    readonly start: { readonly line: number };
    readonly end: { readonly line: number };
  } | null;
}

function declarationOf(name: string, node: Placed, text: string, suffix: string): Declaration {
  return {
    name,
    aliasOf: null,
    start: node.loc?.start.line ?? 1,
    end: node.loc?.end.line ?? 1,
    text: text.slice(node.start ?? 0, node.end ?? 0) + suffix,
  };
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
      return statement.declarations.flatMap(({ id }) => namesInPattern(id));
    default:
      return [];
  }
}

/** The names that a declaration binds: one, or those of a destructuring. */
function namesInPattern(pattern: Pattern): readonly string[] {
  const names: string[] = [];
  const waiting: unknown[] = [pattern];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isNode(node)) waiting.push(...partsOf(node, names).toReversed());
  }
  return names;
}

interface PatternNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is PatternNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** A name goes to `names`; of anything else, the parts that may hold some. */
function partsOf(node: PatternNode, names: string[]): readonly unknown[] {
  switch (node.type) {
    case 'Identifier':
      names.push(String(node['name']));
      return [];
    case 'ObjectPattern':
      return listOf(node['properties']);
    case 'ArrayPattern':
      return listOf(node['elements']).filter((element) => element !== null);
    case 'ObjectProperty':
      return [node['value']];
    case 'AssignmentPattern':
      return [node['left']];
    case 'RestElement':
      return [node['argument']];
    default:
      return [];
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Babel's types leave out `export default interface`. */
function idOf(node: object): string | null {
  if (!('id' in node) || typeof node.id !== 'object' || node.id === null) return null;
  return 'name' in node.id && typeof node.id.name === 'string' ? node.id.name : null;
}
