interface SyntaxProblem {
  readonly line: number | null;
  readonly message: string;
  readonly fix: string;
}

/** Where Handlebars stopped reading a template, and at what. */
export function syntaxProblem(error: unknown, template: string): SyntaxProblem {
  if (!(error instanceof Error)) throw error;
  const line = lineOfError(error);
  const got = /, got '([A-Z_]+)'$/.exec(error.message)?.[1] ?? '';
  if (got === 'EOF') return unclosed(template, line);
  const what = WORDS[got] ?? firstLine(error.message);
  return {
    line,
    message: `Not Handlebars: ${what}.`,
    fix: 'Mend it, or write \\{{ for a plain {{.',
  };
}

/** The parser's own words for what it met, in ours. */
const WORDS: Readonly<Partial<Record<string, string>>> = {
  INVALID: 'a {{ without its }}, or a sign that may not stand between them',
  INVERSE: 'an {{else}} outside a block, or a second one in it',
  OPEN_ENDBLOCK: 'an end without its block',
  OPEN_INVERSE_CHAIN: 'an {{else}} outside a block, or after the last one of it',
  CLOSE: 'nothing where a name should be',
};

/** Its grammar's errors tell their line in the message alone, the others as a property. */
function lineOfError(error: Error): number | null {
  if ('lineNumber' in error && typeof error.lineNumber === 'number') return error.lineNumber;
  const told = /^(?:Parse|Lexical) error on line (\d+)/.exec(error.message)?.[1];
  return told === undefined ? null : Number(told);
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line
    .replace(/^(?:Parse|Lexical) error on line \d+[:.]? ?| - \d+:\d+$|\.$/g, '')
    .slice(0, 200);
}

/** The block that is open at the end, where there is one, told at its opening. */
function unclosed(template: string, lastLine: number | null): SyntaxProblem {
  const open: { readonly name: string; readonly line: number }[] = [];
  for (const [index, text] of template.split('\n').entries()) {
    for (const [, sign, name = ''] of text.matchAll(/\{\{~?([#^/])\s*(\w+)/g)) {
      if (sign === '/') open.pop();
      else open.push({ name, line: index + 1 });
    }
  }
  const block = open.at(-1);
  if (block === undefined) {
    return { line: lastLine, message: 'The file ends within a tag.', fix: 'Close it with }}.' };
  }
  const { name, line } = block;
  return {
    line,
    message: `The block "${name}" is not closed.`,
    fix: `Write {{/${name}}} after it.`,
  };
}
