import type { Json, JsonObject } from './json.ts';
import { at, isList, isObject } from './json.ts';
import { TemplateError } from './expressions.ts';

/** https://docs.github.com/en/actions/reference/limits */
const MAX_MATRIX_JOBS = 256;

/** A `strategy:` block with its expressions evaluated. */
export interface Strategy {
  /** The values of each job; a job without a matrix is one job without values. */
  readonly combinations: readonly JsonObject[];
  readonly failFast: boolean;
  readonly maxParallel: number | null;
}

/**
 * The jobs a strategy asks for. A vector without values, no job at all and more than 256 jobs are
 * errors.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
export function planStrategy(strategy: Json): Strategy {
  const matrix = at(strategy, 'matrix');
  const combinations = matrix === null ? [{}] : expandMatrix(matrix);
  if (combinations.length === 0) {
    throw new TemplateError('Matrix must define at least one vector');
  }
  if (combinations.length > MAX_MATRIX_JOBS) {
    throw new TemplateError(
      `Strategy produced ${combinations.length} jobs, more than the ${MAX_MATRIX_JOBS} allowed`,
    );
  }
  const maxParallel = at(strategy, 'max-parallel');
  return {
    combinations,
    failFast: at(strategy, 'fail-fast') !== false,
    maxParallel: typeof maxParallel === 'number' && maxParallel > 0 ? maxParallel : null,
  };
}

function expandMatrix(matrix: Json): readonly JsonObject[] {
  if (!isObject(matrix)) throw new TemplateError('The matrix is not a mapping');
  const { include = [], exclude = [], ...vectors } = matrix;
  const excluded = rowsOf('exclude', exclude);
  const product = productOf(vectors).filter(
    (row) => !excluded.some((pattern) => agrees(row, pattern, Object.keys(pattern))),
  );
  return included(product, rowsOf('include', include), Object.keys(vectors));
}

function rowsOf(name: string, rows: Json): readonly JsonObject[] {
  if (isList(rows) && rows.every(isObject)) return rows;
  throw new TemplateError(`Matrix ${name} is not a sequence of mappings`);
}

function productOf(vectors: JsonObject): readonly JsonObject[] {
  const names = Object.keys(vectors);
  let rows: readonly JsonObject[] = names.length === 0 ? [] : [{}];
  for (const name of names) {
    const values = at(vectors, name);
    if (!isList(values)) throw new TemplateError(`Matrix vector '${name}' is not a sequence`);
    if (values.length === 0) {
      throw new TemplateError(`Matrix vector '${name}' does not contain any values`);
    }
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  }
  return rows;
}

/** An `include` extends the rows whose vectors it does not change, or is a row of its own. */
function included(
  product: readonly JsonObject[],
  extras: readonly JsonObject[],
  vectors: readonly string[],
): readonly JsonObject[] {
  const rows = [...product];
  for (const extra of extras) {
    const shared = vectors.filter((name) => Object.hasOwn(extra, name));
    let used = false;
    for (const [index, original] of product.entries()) {
      if (!agrees(original, extra, shared)) continue;
      rows[index] = { ...rows[index], ...extra };
      used = true;
    }
    if (!used) rows.push(extra);
  }
  return rows;
}

function agrees(row: JsonObject, pattern: JsonObject, names: readonly string[]): boolean {
  return names.every((name) => JSON.stringify(at(row, name)) === JSON.stringify(at(pattern, name)));
}
