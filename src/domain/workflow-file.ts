import { load } from 'js-yaml';

/** Where GitHub looks for workflows, and in no folder below it. */
export const WORKFLOWS_FOLDER = '.github/workflows';

export function isWorkflowFile(path: string): boolean {
  return /\.ya?ml$/u.test(path);
}

export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

/** A `permissions:` block; null where there is none. */
export type Permissions = 'read-all' | 'write-all' | Fields | null;
type Fields = Readonly<Record<string, string>>;

export interface WorkflowStep {
  readonly uses: string;
  readonly run: string;
  readonly with: Fields;
}

export interface WorkflowJob {
  /** Of a job that calls a workflow. */
  readonly uses: string;
  readonly permissions: Permissions;
  readonly secrets: Fields | 'inherit';
  readonly steps: readonly WorkflowStep[];
}

/** A workflow as far as a look at it goes by it; whatever is not of its documented form is left out. */
export interface Workflow {
  readonly path: string;
  readonly events: ReadonlySet<string>;
  /** Of `workflow_dispatch`. */
  readonly inputs: ReadonlySet<string>;
  readonly permissions: Permissions;
  readonly jobs: readonly WorkflowJob[];
}

/**
 * Null where the file is no YAML mapping
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax).
 */
export function readWorkflow({ path, text }: WorkflowFile): Workflow | null {
  const file = parse(text);
  if (!isMapping(file)) return null;
  const dispatch = mapping(mapping(file['on'])['workflow_dispatch']);
  return {
    path,
    events: eventsOf(file['on']),
    inputs: new Set(Object.keys(mapping(dispatch['inputs']))),
    permissions: permissionsOf(file['permissions']),
    jobs: Object.values(mapping(file['jobs'])).map((job) => jobOf(mapping(job))),
  };
}

/** Whether a block gives that much; without one it is the repository's default that counts. */
export function isGranted(
  permissions: Exclude<Permissions, null>,
  name: string,
  access: 'read' | 'write',
): boolean {
  if (permissions === 'write-all') return true;
  if (permissions === 'read-all') return access === 'read';
  const given = permissions[name];
  return given === 'write' || (access === 'read' && given === 'read');
}

function parse(text: string): unknown {
  try {
    return load(text);
  } catch {
    return null;
  }
}

function eventsOf(on: unknown): ReadonlySet<string> {
  if (typeof on === 'string') return new Set([on]);
  if (Array.isArray(on)) return new Set(on.map(String));
  return new Set(Object.keys(mapping(on)));
}

function jobOf(job: Mapping): WorkflowJob {
  const steps = Array.isArray(job['steps']) ? job['steps'] : [];
  return {
    uses: plain(job['uses']),
    permissions: permissionsOf(job['permissions']),
    secrets: job['secrets'] === 'inherit' ? 'inherit' : fields(job['secrets']),
    steps: steps.map((step: unknown) => stepOf(mapping(step))),
  };
}

function stepOf(step: Mapping): WorkflowStep {
  return { uses: plain(step['uses']), run: plain(step['run']), with: fields(step['with']) };
}

function permissionsOf(block: unknown): Permissions {
  if (block === undefined || block === null) return null;
  if (block === 'read-all' || block === 'write-all') return block;
  return fields(block);
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function fields(value: unknown): Fields {
  return Object.fromEntries(
    Object.entries(mapping(value)).map(([name, one]) => [name, plain(one)]),
  );
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
