import { load } from 'js-yaml';
import * as v from 'valibot';
import { replaceParts } from './generated-parts.ts';

/** As much of JSON Schema as the config's holds. */
interface Shape {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly patternErrorMessage?: string | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Shape | undefined;
  readonly anyOf?: readonly Shape[] | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
  readonly propertyNames?: Shape | undefined;
  readonly additionalProperties?: Shape | false | undefined;
}

const shape: v.GenericSchema<Shape> = v.lazy(() =>
  v.object({
    type: v.optional(v.string()),
    description: v.optional(v.string()),
    default: v.optional(v.unknown()),
    const: v.optional(v.unknown()),
    enum: v.optional(v.array(v.unknown())),
    minimum: v.optional(v.number()),
    maximum: v.optional(v.number()),
    minItems: v.optional(v.number()),
    maxItems: v.optional(v.number()),
    patternErrorMessage: v.optional(v.string()),
    required: v.optional(v.array(v.string())),
    items: v.optional(shape),
    anyOf: v.optional(v.array(shape)),
    properties: v.optional(v.record(v.string(), shape)),
    propertyNames: v.optional(shape),
    additionalProperties: v.optional(v.union([v.literal(false), shape])),
  }),
);

/** Longer defaults stand below the table. */
const DEFAULT_IN_CELL = 40;

/** The page with its generated parts, between `<!-- name -->` and `<!-- /name -->`, made anew. */
export function renderConfigurationPage(page: string, schema: string, action: string): string {
  const root = v.parse(shape, JSON.parse(schema));
  const { inputs, outputs } = v.parse(actionFile, load(action));
  const parts = {
    keys: keySections(root),
    inputs: inputTable(inputs),
    outputs: outputTable(outputs),
  };
  return replaceParts(page, parts);
}

function keySections(root: Shape): string {
  const below = Object.entries(root.properties ?? {}).flatMap(([key, one]) => nested(key, one));
  return [
    keyTable(root),
    ...below.map(({ title, of, instead }) => {
      const defaults = instead === undefined ? '' : `Where the file gives none:\n\n${instead}\n\n`;
      return `### \`${title}\`\n\n${defaults}${of === null ? '' : keyTable(of)}`.trimEnd();
    }),
  ].join('\n\n');
}

interface Section {
  readonly title: string;
  readonly of: Shape | null;
  readonly instead: string | undefined;
}

/** What a key holds that has keys of its own, or a default that is too long for a cell. */
function nested(key: string, one: Shape): readonly Section[] {
  const value = one.additionalProperties;
  const instead = isLong(one.default) ? yaml(key, one.default) : undefined;
  const list = one.items?.properties === undefined ? null : one.items;
  if (list !== null || instead !== undefined) return [{ title: key, of: list, instead }];
  if (one.properties !== undefined) return [{ title: key, of: one, instead }];
  if (value === undefined || value === false) return [];
  const place = one.propertyNames?.patternErrorMessage === undefined ? '<name>' : '<id>';
  return [{ title: `${key}.${place}`, of: value, instead }];
}

function keyTable({ properties = {}, required = [] }: Shape): string {
  const rows = Object.entries(properties).map(([key, one]) => [
    `\`${key}\``,
    typeOf(one),
    required.includes(key) ? 'required' : defaultOf(one),
    one.description ?? '',
  ]);
  return table(['Key', 'Type and limits', 'Default', 'Meaning'], rows);
}

function typeOf(one: Shape): string {
  if (one.const !== undefined) return code(one.const);
  if (one.enum !== undefined) return one.enum.map(code).join(' or ');
  if (one.anyOf !== undefined) return one.anyOf.map(typeOf).join(' or ');
  if (one.type === 'integer') return `whole number, ${limits(one.minimum, one.maximum)}`;
  if (one.type === 'array')
    return `list (${limits(one.minItems, one.maxItems)}) of: ${itemOf(one)}`;
  if (one.type === 'object') {
    return one.properties === undefined ? `mapping of names to: ${valueOf(one)}` : 'mapping, below';
  }
  const told = /^This must be (?:an? )?(.*)\.$/u.exec(one.patternErrorMessage ?? '')?.[1];
  return told ?? (one.type === 'boolean' ? '`true` or `false`' : (one.type ?? 'any'));
}

function itemOf({ items }: Shape): string {
  if (items === undefined) return 'any';
  return items.properties === undefined ? typeOf(items) : 'mappings, below';
}

function valueOf({ additionalProperties: value }: Shape): string {
  if (value === undefined || value === false) return 'any';
  return value.properties === undefined ? typeOf(value) : 'mappings, below';
}

function limits(min = 0, max = Infinity): string {
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

function defaultOf(one: Shape): string {
  if (one.default === undefined) return '–';
  return isLong(one.default) ? 'below' : code(one.default);
}

function isLong(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).length > DEFAULT_IN_CELL;
}

function yaml(key: string, value: unknown): string {
  const items = v.parse(v.array(v.unknown()), value).map((item) => `  - ${flow(item)}`);
  return ['```yaml', `${key}:`, ...items, '```'].join('\n');
}

function flow(item: unknown): string {
  if (typeof item !== 'object' || item === null) return scalar(item);
  const pairs = Object.entries(item).map(([key, value]) => `${key}: ${scalar(value)}`);
  return `{ ${pairs.join(', ')} }`;
}

function scalar(value: unknown): string {
  const text = String(value);
  return /^[\w./-][\w ./-]*$/u.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

const described = v.object({ description: v.string() });
const input = v.object({
  ...described.entries,
  required: v.optional(v.boolean(), false),
  default: v.optional(v.string()),
});
const actionFile = v.object({
  inputs: v.record(v.string(), input),
  outputs: v.record(v.string(), described),
});
type ActionFile = v.InferOutput<typeof actionFile>;

function inputTable(inputs: ActionFile['inputs']): string {
  const rows = Object.entries(inputs).map(([name, one]) => [
    `\`${name}\``,
    one.required
      ? 'required'
      : one.default === undefined || one.default === ''
        ? 'empty'
        : code(one.default),
    one.description.trim(),
  ]);
  return table(['Input', 'Default', 'Meaning'], rows);
}

function outputTable(outputs: ActionFile['outputs']): string {
  const rows = Object.entries(outputs).map(([name, one]) => [
    `\`${name}\``,
    one.description.trim(),
  ]);
  return table(['Output', 'Meaning'], rows);
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => ':---'), ...rows];
  return lines.map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/gu, ' ');
}
