import { plainText } from '../domain/terminal-text.ts';
import type { Diagnostic } from '../domain/failure.ts';
import { errorAt } from './findings.ts';
import type { Place } from './source-path.ts';
import { firstOwnFrame } from './stack-frame.ts';

/** Enough for an assertion with what it expected and what it got; the check links to the rest. */
const MAX_EXPLAINED = 8;

/** An error's text may hold a whole document; only its beginning is read. */
const MAX_ERROR = 20_000;
const MAX_ERROR_LINES = 80;

/**
 * A failed test: its title, what its error says above the stack, and the first place of the stack in the repository's
 * own code. What was expected and received belongs to it: without these, two wrong answers would look the same.
 */
export function failedTest(
  title: string,
  error: readonly string[],
  file: string | null,
  place: Place,
): Diagnostic {
  const frame = firstOwnFrame(error, place);
  const said = explanation(error);
  return errorAt(frame?.path ?? file, frame, said === '' ? title : `${title}: ${said}`);
}

/** The lines of an error that a report holds as one text. */
export function errorLines(text: string): readonly string[] {
  return plainText(text.slice(0, MAX_ERROR)).split('\n', MAX_ERROR_LINES);
}

function explanation(lines: readonly string[]): string {
  const said: string[] = [];
  for (const line of lines) {
    const text = line.trim();
    if (endsExplanation(text) && said.length > 0) break;
    if (text !== '' && !endsExplanation(text)) said.push(text);
    if (said.length === MAX_EXPLAINED) break;
  }
  return said.join('\n');
}

/** A stack, the source that a runner quotes, or the ruled line between two failures. */
function endsExplanation(text: string): boolean {
  return (
    /^at \S.*[\d)>]$/.test(text) ||
    /^❯ \S/.test(text) ||
    /^>? *\d+ ?\|/.test(text) ||
    text.startsWith('⎯')
  );
}
