/** A code span that is one name, type parameters apart. */
const NAME = '`([A-Z]\\w*)(?:<[^`\\n]{0,200})?`';

/** A declaration, as code has it and as a prompt may have it in a sentence. */
const DECLARATION =
  /\b(?:class|enum|type|interface|namespace)\s{1,9}([A-Z]\w*)(?=\s{0,9}(?:[<={]|extends\b|implements\b))|\bclass\s{1,9}([A-Z]\w*)/g;

const VALUE = /\b(?:const|let|var|function)\s{1,9}([A-Z]\w*)/g;

const IMPORT = /\bimport\s([^;'"`]{1,1000})\sfrom\s{0,9}['"]([^'"\n]{1,300})['"]/g;

/** `IPlexAuth` is the same as an interface; but what "is a shared type" the shared types have to define. */
const EXPLAINED = new RegExp(
  `${NAME}(?:\\s{1,9}(?:is|are)\\b|:)[^.;:|\`]{0,80}?\\ban?\\s(?:(?!shared\\b)[\\w-]{1,40}\\s){0,2}(?:interface|type|class|enum|alias|union)\\b`,
  'g',
);

/** The module exports `PlexAuth` and the interface `IPlexAuth`. */
const LISTED = new RegExp(
  `(?:\\bmodule (?:also )?(?:declares|defines|exports|builds)|(?:^|[.;:*-]\\s)(?:Declare|Define|Export|Build)s?)((?:\\s{1,9}(?:an?|the|and|also|its|public|interfaces?|types?|class(?:es)?|enums?)\\b|\\s{0,9},|\\s{1,9}${NAME})+)`,
  'gm',
);

/** What code declares or imports, by name. What it imports from the shared types these have to define. */
export function declaredInCode(code: string): readonly string[] {
  const names = [...declaredAnywhere(code), ...firstGroups(code.matchAll(VALUE))];
  for (const [, clause = '', specifier = ''] of code.matchAll(IMPORT)) {
    if (isOfSharedTypes(specifier)) continue;
    names.push(...(clause.match(/\b[A-Z]\w*/g) ?? []));
  }
  return names;
}

/** What the sentences of a Markdown text, code spans included, say is declared. */
export function declaredInProse(markdown: string): readonly string[] {
  const names = [...declaredAnywhere(markdown), ...firstGroups(markdown.matchAll(EXPLAINED))];
  for (const [, list = ''] of markdown.matchAll(LISTED)) {
    names.push(...firstGroups(list.matchAll(new RegExp(NAME, 'g'))));
  }
  return names;
}

function declaredAnywhere(text: string): readonly string[] {
  return firstGroups(text.matchAll(DECLARATION));
}

function firstGroups(matches: Iterable<RegExpExecArray>): readonly string[] {
  return [...matches].flatMap(([, first, second]) => first ?? second ?? []);
}

/** `./types.js` is a file of the module's own, `../../types/index.js` is none. */
function isOfSharedTypes(specifier: string): boolean {
  return !specifier.startsWith('./') && /types/i.test(specifier);
}
