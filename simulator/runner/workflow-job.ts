import type { Json, JsonObject } from './json.ts';
import { at, isList } from './json.ts';
import { permissionsProblem } from './permissions.ts';
import { expectKeys, mapping, optionalText, textList, WorkflowError } from './workflow-fields.ts';

export interface RunDefaults {
  readonly shell: string | null;
  readonly workingDirectory: string | null;
}

export interface ConcurrencySpec {
  readonly group: string;
  readonly cancelInProgress: Json;
  readonly queue: 'single' | 'max';
}

/** What jobs of both kinds have. */
interface AnyJobSpec {
  readonly id: string;
  readonly name: string | null;
  readonly needs: readonly string[];
  readonly condition: Json;
  readonly permissions: Json;
  readonly concurrency: ConcurrencySpec | null;
  readonly strategy: Json;
}

/** A job with a machine of its own. */
export interface MachineJobSpec extends AnyJobSpec {
  readonly kind: 'machine';
  readonly outputs: JsonObject;
  readonly env: JsonObject;
  readonly defaults: RunDefaults;
  readonly timeoutMinutes: Json;
  readonly continueOnError: Json;
  readonly runsOn: Json;
  readonly steps: readonly StepSpec[];
}

/** A job that calls a reusable workflow. */
export interface CallJobSpec extends AnyJobSpec {
  readonly kind: 'call';
  readonly uses: string;
  readonly with: JsonObject;
  readonly secrets: 'inherit' | JsonObject;
}

export type JobSpec = MachineJobSpec | CallJobSpec;

export interface StepSpec {
  readonly id: string | null;
  readonly name: string | null;
  readonly condition: Json;
  readonly uses: string | null;
  readonly run: string | null;
  readonly with: JsonObject;
  readonly env: JsonObject;
  readonly shell: string | null;
  readonly workingDirectory: string | null;
  readonly continueOnError: Json;
  readonly timeoutMinutes: Json;
}

const JOB_KEYS: readonly string[] = [
  ...['name', 'needs', 'if', 'permissions', 'concurrency', 'outputs', 'env', 'defaults'],
  ...['timeout-minutes', 'continue-on-error', 'strategy', 'runs-on', 'environment', 'steps'],
];

/** https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#supported-keywords-for-jobs-that-call-a-reusable-workflow */
const CALL_KEYS: readonly string[] = [
  ...['name', 'needs', 'if', 'permissions', 'concurrency', 'strategy', 'uses', 'with', 'secrets'],
];

const STEP_KEYS: readonly string[] = [
  ...['id', 'name', 'if', 'uses', 'run', 'with', 'env', 'shell', 'working-directory'],
  ...['continue-on-error', 'timeout-minutes'],
];

const ID = /^[a-z_][\w-]*$/iu;

/** The jobs in the order written; every `needs` names a job and none waits for itself. */
export function parseJobs(jobs: Json, path: string): readonly JobSpec[] {
  const specs = Object.entries(mapping(jobs, `${path}: jobs`)).map(([id, job]) =>
    parseJob(id, job, `${path}: jobs.${id}`),
  );
  for (const spec of specs) {
    for (const need of spec.needs) {
      if (specs.some(({ id }) => id === need)) continue;
      throw new WorkflowError(`${path}: Job '${spec.id}' depends on unknown job '${need}'.`);
    }
  }
  expectOrder(specs, path);
  return specs;
}

function expectOrder(specs: readonly JobSpec[], path: string): void {
  const placed = new Set<string>();
  let left = specs;
  while (left.length > 0) {
    const ready = left.filter((spec) => spec.needs.every((need) => placed.has(need)));
    if (ready.length === 0) {
      const ids = left.map(({ id }) => id).join(', ');
      throw new WorkflowError(`${path}: The jobs depend on each other in a circle: ${ids}`);
    }
    for (const { id } of ready) placed.add(id);
    left = left.filter((spec) => !placed.has(spec.id));
  }
}

function parseJob(id: string, value: Json, where: string): JobSpec {
  const job = mapping(value, where);
  if (!ID.test(id)) throw new WorkflowError(`${where}: The identifier '${id}' is invalid`);
  const any = {
    id,
    name: optionalText(job, 'name', where),
    needs: textList(job, 'needs', where) ?? [],
    condition: at(job, 'if'),
    permissions: parsePermissions(job, where),
    concurrency: parseConcurrency(job, where),
    strategy: at(job, 'strategy'),
  };
  const uses = optionalText(job, 'uses', where);
  return uses === null
    ? { ...any, ...parseMachineJob(job, where) }
    : { ...any, ...parseCallJob(job, uses, where) };
}

function parseMachineJob(job: JsonObject, where: string): Omit<MachineJobSpec, keyof AnyJobSpec> {
  expectKeys(job, JOB_KEYS, where);
  if (at(job, 'runs-on') === null) {
    throw new WorkflowError(`${where}: Required property is missing: runs-on`);
  }
  return {
    kind: 'machine',
    outputs: mapping(at(job, 'outputs') ?? {}, `${where}.outputs`),
    env: mapping(at(job, 'env') ?? {}, `${where}.env`),
    defaults: parseDefaults(job, where),
    timeoutMinutes: at(job, 'timeout-minutes'),
    continueOnError: at(job, 'continue-on-error'),
    runsOn: at(job, 'runs-on'),
    steps: parseSteps(at(job, 'steps'), where),
  };
}

function parseCallJob(
  job: JsonObject,
  uses: string,
  where: string,
): Omit<CallJobSpec, keyof AnyJobSpec> {
  expectKeys(job, CALL_KEYS, where);
  const secrets = at(job, 'secrets') ?? {};
  return {
    kind: 'call',
    uses,
    with: mapping(at(job, 'with') ?? {}, `${where}.with`),
    secrets: secrets === 'inherit' ? 'inherit' : mapping(secrets, `${where}.secrets`),
  };
}

function parseSteps(value: Json, where: string): readonly StepSpec[] {
  if (!isList(value) || value.length === 0) {
    throw new WorkflowError(`${where}: Required property is missing: steps`);
  }
  const steps = value.map((step, index) => parseStep(step, `${where}.steps[${index}]`));
  const ids = steps.flatMap((step) => (step.id === null ? [] : [step.id.toLowerCase()]));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new WorkflowError(`${where}: The identifier '${twice}' may not be used more than once`);
  }
  return steps;
}

function parseStep(value: Json, where: string): StepSpec {
  const step = mapping(value, where);
  expectKeys(step, STEP_KEYS, where);
  const uses = optionalText(step, 'uses', where);
  const run = optionalText(step, 'run', where);
  if ((uses === null) === (run === null)) {
    throw new WorkflowError(`${where}: A step has either \`run\` or \`uses\``);
  }
  const id = optionalText(step, 'id', where);
  if (id !== null && !ID.test(id)) {
    throw new WorkflowError(`${where}: The identifier '${id}' is invalid`);
  }
  return {
    id,
    name: optionalText(step, 'name', where),
    condition: at(step, 'if'),
    uses,
    run,
    with: mapping(at(step, 'with') ?? {}, `${where}.with`),
    env: mapping(at(step, 'env') ?? {}, `${where}.env`),
    shell: optionalText(step, 'shell', where),
    workingDirectory: optionalText(step, 'working-directory', where),
    continueOnError: at(step, 'continue-on-error'),
    timeoutMinutes: at(step, 'timeout-minutes'),
  };
}

export function parsePermissions(owner: JsonObject, where: string): Json {
  const problem = permissionsProblem(at(owner, 'permissions'));
  if (problem !== null) throw new WorkflowError(`${where}: permissions: ${problem}`);
  return at(owner, 'permissions');
}

export function parseDefaults(owner: JsonObject, where: string): RunDefaults {
  const run = at(owner, 'defaults', 'run');
  return {
    shell: optionalText(run, 'shell', `${where}: defaults.run`),
    workingDirectory: optionalText(run, 'working-directory', `${where}: defaults.run`),
  };
}

/**
 * Reads a `concurrency:` block; `queue: max` cannot go with `cancel-in-progress: true`.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function parseConcurrency(owner: JsonObject, where: string): ConcurrencySpec | null {
  const block = at(owner, 'concurrency');
  if (block === null) return null;
  if (typeof block === 'string') return { group: block, cancelInProgress: false, queue: 'single' };
  const place = `${where}: concurrency`;
  const spec = mapping(block, place);
  expectKeys(spec, ['group', 'cancel-in-progress', 'queue'], place);
  const group = optionalText(spec, 'group', place);
  if (group === null) throw new WorkflowError(`${place}: Required property is missing: group`);
  const queue = optionalText(spec, 'queue', place) ?? 'single';
  if (queue !== 'single' && queue !== 'max') {
    throw new WorkflowError(`${place}: Unexpected value '${queue}' for queue`);
  }
  const cancelInProgress = at(spec, 'cancel-in-progress') ?? false;
  if (queue === 'max' && cancelInProgress === true) {
    throw new WorkflowError(`${place}: queue: max cannot go with cancel-in-progress: true`);
  }
  return { group, cancelInProgress, queue };
}
