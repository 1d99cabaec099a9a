import { load } from 'js-yaml';
import { expectKeys, mapping, optionalText, textList, WorkflowError } from './workflow-fields.ts';
import type { ConcurrencySpec, JobSpec, RunDefaults } from './workflow-job.ts';
import { parseConcurrency, parseDefaults, parseJobs, parsePermissions } from './workflow-job.ts';
import type { Json, JsonObject } from './json.ts';
import { isPattern } from './patterns.ts';
import { at, isList, isObject, mapValues, plainText, toJson } from './json.ts';

export { WorkflowError } from './workflow-fields.ts';
export type {
  CallJobSpec,
  ConcurrencySpec,
  JobSpec,
  MachineJobSpec,
  StepSpec,
} from './workflow-job.ts';

/** A workflow file as written: expressions are not evaluated yet. */
export interface Workflow {
  readonly path: string;
  readonly name: string;
  readonly runName: string | null;
  readonly on: Readonly<Record<string, TriggerFilter>>;
  /** What a call of it may give and gets back; null where it cannot be called. */
  readonly call: CallContract | null;
  readonly permissions: Json;
  readonly env: JsonObject;
  readonly defaults: RunDefaults;
  readonly concurrency: ConcurrencySpec | null;
  readonly jobs: readonly JobSpec[];
}

/** What `on.<event>` narrows; null where it says nothing. */
export interface TriggerFilter {
  readonly types: readonly string[] | null;
  readonly branches: readonly string[] | null;
  readonly branchesIgnore: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly tagsIgnore: readonly string[] | null;
  readonly paths: readonly string[] | null;
  readonly pathsIgnore: readonly string[] | null;
  readonly crons: readonly string[];
  readonly inputs: Readonly<Record<string, InputSpec>>;
}

export interface InputSpec {
  readonly type: string;
  readonly required: boolean;
  readonly default: Json;
  readonly options: readonly Json[];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_call */
export interface CallContract {
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly secrets: Readonly<Record<string, { readonly required: boolean }>>;
  /** The templates of `outputs.<id>.value`. */
  readonly outputs: JsonObject;
}

const KEYS: readonly string[] = [
  'name',
  'run-name',
  'on',
  'permissions',
  'env',
  'defaults',
  'concurrency',
  'jobs',
];

/**
 * Reads a workflow file.
 * @throws {WorkflowError} where GitHub would call the file invalid.
 */
export function parseWorkflow(source: string, path: string): Workflow {
  const root = mapping(readYaml(source, path), path);
  expectKeys(root, KEYS, path);
  return {
    path,
    name: optionalText(root, 'name', path) ?? path,
    runName: optionalText(root, 'run-name', path),
    on: parseTriggers(at(root, 'on'), path),
    call: parseContract(at(root, 'on'), path),
    permissions: parsePermissions(root, path),
    env: mapping(at(root, 'env') ?? {}, `${path}: env`),
    defaults: parseDefaults(root, path),
    concurrency: parseConcurrency(root, path),
    jobs: parseJobs(at(root, 'jobs'), path),
  };
}

function readYaml(source: string, path: string): Json {
  try {
    return toJson(load(source));
  } catch (cause) {
    throw new WorkflowError(`${path}: You have an error in your yaml syntax`, { cause });
  }
}

function parseTriggers(on: Json, path: string): Record<string, TriggerFilter> {
  if (typeof on === 'string') return { [on]: parseFilter(null, path) };
  if (isList(on)) {
    return Object.fromEntries(on.map((name) => [plainText(name), parseFilter(null, path)]));
  }
  if (!isObject(on)) throw new WorkflowError(`${path}: No event triggers defined in \`on\``);
  return mapValues(on, (filter, name) => parseFilter(filter, `${path}: on.${name}`));
}

function parseFilter(filter: Json, where: string): TriggerFilter {
  const inputs = mapping(at(filter, 'inputs') ?? {}, `${where}.inputs`);
  const parsed = {
    types: textList(filter, 'types', where),
    branches: textList(filter, 'branches', where),
    branchesIgnore: textList(filter, 'branches-ignore', where),
    tags: textList(filter, 'tags', where),
    tagsIgnore: textList(filter, 'tags-ignore', where),
    paths: textList(filter, 'paths', where),
    pathsIgnore: textList(filter, 'paths-ignore', where),
    crons: cronsOf(filter),
    inputs: mapValues(inputs, parseInput),
  };
  expectPatterns(parsed, where);
  expectOneOf(parsed.branches, parsed.branchesIgnore, `${where}: branches`);
  expectOneOf(parsed.tags, parsed.tagsIgnore, `${where}: tags`);
  expectOneOf(parsed.paths, parsed.pathsIgnore, `${where}: paths`);
  return parsed;
}

function expectPatterns(filter: TriggerFilter, where: string): void {
  const { branches, branchesIgnore, tags, tagsIgnore, paths, pathsIgnore } = filter;
  const lists = [branches, branchesIgnore, tags, tagsIgnore, paths, pathsIgnore];
  const wrong = lists.flatMap((list) => list ?? []).find((pattern) => !isPattern(pattern));
  if (wrong !== undefined) throw new WorkflowError(`${where}: Invalid filter pattern '${wrong}'`);
}

function expectOneOf(wanted: unknown, ignored: unknown, where: string): void {
  if (wanted === null || ignored === null) return;
  throw new WorkflowError(`${where} and ${where}-ignore cannot both be given`);
}

function cronsOf(filter: Json): readonly string[] {
  if (!isList(filter)) return [];
  return filter.map((entry) => at(entry, 'cron')).filter((cron) => typeof cron === 'string');
}

function parseInput(input: Json): InputSpec {
  const type = at(input, 'type');
  const options = at(input, 'options');
  return {
    type: typeof type === 'string' ? type : 'string',
    required: at(input, 'required') === true,
    default: at(input, 'default'),
    options: isList(options) ? options : [],
  };
}

const INPUT_TYPES: readonly Json[] = ['boolean', 'number', 'string'];

function parseContract(on: Json, path: string): CallContract | null {
  const names = isList(on) ? on : [isObject(on) ? null : on];
  if (names.includes('workflow_call')) return { inputs: {}, secrets: {}, outputs: {} };
  if (!isObject(on) || !Object.hasOwn(on, 'workflow_call')) return null;
  const where = `${path}: on.workflow_call`;
  const part = (key: string): JsonObject =>
    mapping(at(on, 'workflow_call', key) ?? {}, `${where}.${key}`);
  for (const [name, input] of Object.entries(part('inputs'))) {
    if (INPUT_TYPES.includes(at(input, 'type'))) continue;
    throw new WorkflowError(`${where}.inputs.${name}: Required property is missing: type`);
  }
  return {
    inputs: mapValues(part('inputs'), parseInput),
    secrets: mapValues(part('secrets'), (secret) => ({
      required: at(secret, 'required') === true,
    })),
    outputs: mapValues(part('outputs'), (output) => at(output, 'value')),
  };
}
