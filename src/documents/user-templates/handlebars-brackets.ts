import type { Program, Statement } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { linkLabels, scanLine } from './bracket-scan.ts';
import type { Scope } from './handlebars-paths.ts';

/** Notes the reference's brackets that a template in Handlebars still has, where nothing would fill them. */
export function noteUnfilled(program: Program, scope: Scope): void {
  const lines = plainLines(program);
  const labels = linkLabels(lines.values());
  let fence: string | null = null;
  for (const [number, line] of lines) {
    const run = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    const isCode = fence !== null || run !== undefined;
    for (const { kind, text } of scanLine(line, { isCode, labels })) {
      if (kind !== 'known' || !text.startsWith('[')) continue;
      const fix = 'Put the field in, as in {{name}}, or write [{{!}} for a plain bracket.';
      scope.log.add(number + scope.linesAbove, `${text} is not filled in Handlebars.`, fix);
    }
    if (run !== undefined) fence = fence === null ? run : run.startsWith(fence) ? null : fence;
  }
}

/** The lines of a template's text by their numbers, with a brace where a tag stands. */
function plainLines(program: Program): ReadonlyMap<number, string> {
  const lines = new Map<number, string>();
  const add = (number: number, text: string): void => {
    lines.set(number, `${lines.get(number) ?? ''}${text}`);
  };
  const visit = (statement: Statement): void => {
    const first = statement.loc.start.line;
    if (statement.type === 'ContentStatement') {
      for (const [index, text] of statement.original.split('\n').entries())
        add(first + index, text);
      return;
    }
    add(first, '{}');
    if (statement.type !== 'BlockStatement') return;
    statement.program?.body.forEach(visit);
    statement.inverse?.body.forEach(visit);
  };
  program.body.forEach(visit);
  return lines;
}
