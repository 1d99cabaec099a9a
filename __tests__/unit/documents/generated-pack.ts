import type { LineRange } from '../../../src/domain/spec-pack.ts';

/** A repository's config and spec pack, made up from a seed. */
export interface GeneratedPack {
  readonly paths: { readonly prompts: string; readonly types: string; readonly handoffs: string };
  readonly documents: string;
  readonly ids: readonly string[];
  /** Path to text; the config is at `c.yml`. */
  readonly files: ReadonlyMap<string, string>;
  /** Type name to the lines of its declarations, as they were written. */
  readonly places: ReadonlyMap<string, readonly LineRange[]>;
}

type Random = (below: number) => number;

const PATHS = {
  prompts: 'spec pack/prompts (2nd edition).md',
  types: 'spec pack/types/shared#types.ts',
  handoffs: 'spec pack/hand-offs',
};
const DOCUMENTS = 'docs/sessions/open';

const WORDS = [
  'Plex',
  'Sync',
  'Übung',
  'キュー',
  'Цикл',
  '🎉',
  'a_b_c',
  'C++',
  '50%',
  'x–y',
  '…',
  'İstanbul',
];

/** Headings of every kind that a slug is made of; `$` stands for words. */
const HEADINGS = [
  '## Prompt #: $',
  '## Prompt #: `I$<T>` and `` a`b ``',
  '## Prompt # — [$](https://example.com/a_b "title") ![logo](logo.png)',
  '### Prompt # **very *$*** ~~old~~ __new__ snake_case_$',
  '## Prompt #: A &amp; B &lt;$&gt; &#x1F600;',
  '## Prompt #: <b>$</b> <!-- aside --> end',
  '## Prompt #: :rocket: $ \\*star\\* \\_under\\_ ##',
  'Prompt #: $\nover two lines\n---',
  '# Prompt #',
  '####   Prompt  #:   $   ####',
  '## [Prompt #][ref]: $',
  '## Prompt #: https://example.com/$?a=1 and _$_',
];

/** A pack of so many modules; the same for the same seed. */
export function generatePack(count: number, seed: number): GeneratedPack {
  const random = randomFrom(seed);
  const ids = Array.from({ length: count }, (_, index) => `module-${index}`);
  const types = writeTypes(count * 2, random);
  const names = [...types.places.keys()];
  const modules = ids.map((id, index) => {
    const uses = new Set(Array.from({ length: random(6) }, () => pick(names, random)));
    const needs = new Set(Array.from({ length: random(4) }, () => ids[random(index + 1)] ?? id));
    needs.delete(id);
    const name = JSON.stringify(
      `${pick(WORDS, random)} | [x] <${pick(WORDS, random)}> \`${index}\``,
    );
    const lists = `depends-on: [${[...needs].join(', ')}], types: [${[...uses].join(', ')}]`;
    return `  ${id}: { name: ${name}, prompt: ${index}, ${lists} }`;
  });
  const config = [
    'version: 1',
    'paths:',
    ...Object.entries({ ...PATHS, documents: DOCUMENTS }).map(
      ([key, path]) => `  ${key}: "${path}"`,
    ),
    'modules:',
    ...modules,
  ];
  return {
    paths: PATHS,
    documents: DOCUMENTS,
    ids,
    places: types.places,
    files: new Map([
      ['c.yml', `${config.join('\n')}\n`],
      [PATHS.prompts, writePrompts(count, random)],
      [PATHS.types, types.text],
      ...ids.map((id) => [`${PATHS.handoffs}/${id}.md`, `# ${id}\n`] as const),
    ]),
  };
}

/** A small generator of our own, so that a failure can be told by its seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function pick<T>(list: readonly T[], random: Random): T {
  const one = list[random(list.length)];
  if (one === undefined) throw new Error('Nothing to pick from.');
  return one;
}

function writePrompts(count: number, random: Random): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const order = numbers.map((number) => [random(1 << 30), number] as const);
  const sections = order
    .toSorted(([a], [b]) => a - b)
    .map(([, number]) => writePrompt(number, random));
  return ['# All prompts', ...sections, '[ref]: https://example.com/ref'].join('\n\n');
}

/** A prompt; what stands before it takes its slug away, or looks as if it did. */
function writePrompt(number: number, random: Random): string {
  const heading = pick(HEADINGS, random)
    .replaceAll('#:', `${number}:`)
    .replace(/#(?=\s—|\s\*|\]|$)/, String(number))
    .replaceAll('$', () => pick(WORDS, random));
  const [line = ''] = heading.split('\n');
  const before = [
    '',
    `> ${line}`,
    `- item\n\n  ${line}`,
    `\`\`\`md\n${heading}\n\`\`\``,
    `<!--\n${heading}\n-->`,
    `<pre>\n${line}\n</pre>`,
    `> text\n> - ${line}\n> - ${line}`,
  ];
  const below = [
    '### Notes',
    '#### Notes',
    '~~~\n# Prompt 1\n~~~',
    `##### Prompt ${number}`,
    '| a |\n| - |\n| b |\n---',
  ];
  const text = 'Some text\nwith a table | of no rows and _words_.';
  return [pick(before, random), heading, text, pick(below, random), text].join('\n\n');
}

function writeTypes(count: number, random: Random) {
  const lines: string[] = [];
  const places = new Map<string, LineRange[]>();
  const write = (declaration: string, ...names: readonly string[]): void => {
    const start = lines.length + 1;
    lines.push(...declaration.split('\n'));
    for (const name of names) {
      const known = places.get(name) ?? [];
      places.set(name, [...known, { start, end: lines.length }]);
    }
  };
  for (let index = 0; index < count; index += 1) {
    const name = `Type${index}`;
    if (random(3) > 0) lines.push(...pick(GAPS, random).split('\n'));
    write(pick(DECLARATIONS, random).replaceAll('NAME', name), name);
    if (random(6) === 0) {
      lines.push('// The same again.');
      write(
        `export namespace ${name}Also { export type Inner = 1 }`,
        `${name}Also`,
        `${name}Also.Inner`,
      );
    }
    const merged = `Merged${random(20)}`;
    if (random(10) === 0) write(`export interface ${merged} {\n  key${index}: ${name};\n}`, merged);
    if (random(10) === 0)
      write(`export const { a${index}, b: [c${index}] } = d;`, `a${index}`, `c${index}`);
  }
  return { text: lines.join('\n'), places };
}

const GAPS = ['', '/**\n * interface No {}\n */', '// type No = 1;', '`\ntype No = 1;\n`;'];
const DECLARATIONS = [
  'export interface NAME<T = {}> {\n  readonly a: T;\n\n  b(): void;\n}',
  'export type NAME =\n  | "a"\n  | `b${string}`;',
  'export const enum NAME {\n  A,\n}',
  '@decorated\nexport abstract class NAME {\n  abstract a(): void;\n}',
  'declare function NAME(a: 1): 1;\ndeclare function NAME(a: 2): 2;',
  'export type NAME = { a: 1 };',
];
