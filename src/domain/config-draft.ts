/** What of a config can be told although other parts of it are wrong. */
export interface Draft {
  readonly modules: ReadonlyMap<string, DraftModule>;
  readonly gates: readonly DraftCommand[];
  readonly verification: readonly DraftCommand[];
  readonly failures: readonly DraftFailure[];
  readonly targets: readonly string[];
  readonly handoffComment: string | null;
}

export interface DraftModule {
  readonly dependsOn: readonly string[];
  readonly className: string | null;
}

export interface DraftCommand {
  readonly id: string | null;
  readonly run: string | null;
  readonly failure: string | null;
  readonly needs: readonly string[];
}

export interface DraftFailure {
  readonly id: string | null;
  readonly action: string | null;
  readonly target: string | null;
}

/** Reads leniently, so that cycles and unknown names show in the same report as wrong types. */
export function readDraft(value: unknown): Draft {
  return {
    modules: new Map(entriesOf(at(value, 'modules')).map(([id, it]) => [id, readModule(it)])),
    gates: listOf(at(value, 'gates')).map(readCommand),
    verification: listOf(at(value, 'verification')).map(readCommand),
    failures: listOf(at(value, 'failures')).map((failure) => ({
      id: textOf(at(failure, 'id')),
      action: textOf(at(failure, 'action')),
      target: textOf(at(failure, 'target')),
    })),
    targets: entriesOf(at(value, 'escalation')).map(([target]) => target),
    handoffComment: textOf(at(at(value, 'handoff'), 'comment')),
  };
}

function readModule(value: unknown): DraftModule {
  return {
    dependsOn: listOf(at(value, 'depends-on')).map((id) => textOf(id) ?? ''),
    className: textOf(at(value, 'class-name')),
  };
}

function readCommand(value: unknown): DraftCommand {
  return {
    id: textOf(at(value, 'id')),
    run: textOf(at(value, 'run')),
    failure: textOf(at(value, 'failure')),
    needs: listOf(at(value, 'needs')).map((id) => textOf(id) ?? ''),
  };
}

function at(value: unknown, key: string): unknown {
  return new Map(entriesOf(value)).get(key);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
