/**
 * Whether a name passes a list of filter patterns; a later pattern overrules an earlier one and `!`
 * takes matches away again.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    const source = negative ? pattern.slice(1) : pattern;
    if (patternExpression(source).test(name)) matched = !negative;
  }
  return matched;
}

/** Whether one filter pattern, without negation, matches a whole name. */
export function matchesPattern(pattern: string, name: string): boolean {
  return patternExpression(pattern).test(name);
}

/** Whether a pattern means anything: `+` and `?` need something to repeat. */
export function isPattern(pattern: string): boolean {
  try {
    patternExpression(pattern.replace(/^!/u, ''));
    return true;
  } catch {
    return false;
  }
}

function patternExpression(pattern: string): RegExp {
  let source = '';
  for (let index = 0; index < pattern.length; index += 1) {
    const rest = pattern.slice(index);
    const piece = patternPiece(rest);
    source += piece.source;
    index += piece.length - 1;
  }
  return new RegExp(`^${source}$`, 'su');
}

interface Piece {
  readonly source: string;
  readonly length: number;
}

function patternPiece(rest: string): Piece {
  if (rest.startsWith('**/')) return { source: '(?:.*/)?', length: 3 };
  if (rest.startsWith('**')) return { source: '.*', length: 2 };
  const first = rest.charAt(0);
  if (first === '*') return { source: '[^/]*', length: 1 };
  if (first === '?' || first === '+') return { source: first, length: 1 };
  if (first === '\\' && rest.length > 1) return { source: escaped(rest.charAt(1)), length: 2 };
  const set = /^\[[\w-]+\]/u.exec(rest);
  if (set) return { source: set[0], length: set[0].length };
  return { source: escaped(first), length: 1 };
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
