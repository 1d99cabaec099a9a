import * as v from 'valibot';

import { DEFAULT_PATHS } from './config-defaults.ts';
import { line, moduleId, repositoryPath } from './config-values.ts';

/** What of a config can be told although other parts of it are wrong. */
export interface Draft {
  readonly modules: ReadonlyMap<string, DraftModule>;
  readonly paths: DraftPaths;
  readonly gates: readonly DraftCommand[];
  readonly verification: readonly DraftCommand[];
  readonly failures: readonly DraftFailure[];
  readonly targets: readonly string[];
  readonly handoffComment: string | null;
}

export interface DraftModule {
  /** Whether the id may stay; a handoff is not looked for under one that has to change. */
  readonly sound: boolean;
  readonly name: string | null;
  readonly dependsOn: readonly string[];
  readonly className: string | null;
  readonly prompt: number | null;
  /** An entry that is no text is empty. */
  readonly types: readonly string[];
}

/** Where the spec pack lies; null where the config gives a path that cannot be one. */
export interface DraftPaths {
  readonly prompts: string | null;
  readonly types: string | null;
  readonly handoffs: string | null;
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
  /** An entry that is no text is empty. */
  readonly commands: readonly string[];
}

const NAME = line(100);

/** Reads leniently, so that cycles and unknown names show in the same report as wrong types. */
export function readDraft(value: unknown): Draft {
  return {
    modules: new Map(entriesOf(at(value, 'modules')).map(([id, it]) => [id, readModule(id, it)])),
    paths: readPaths(at(value, 'paths')),
    gates: listOf(at(value, 'gates')).map(readCommand),
    verification: listOf(at(value, 'verification')).map(readCommand),
    failures: listOf(at(value, 'failures')).map((failure) => ({
      id: textOf(at(failure, 'id')),
      action: textOf(at(failure, 'action')),
      target: textOf(at(failure, 'target')),
      commands: listOf(at(failure, 'commands')).map((id) => textOf(id) ?? ''),
    })),
    targets: entriesOf(at(value, 'escalation')).map(([target]) => target),
    handoffComment: textOf(at(at(value, 'handoff'), 'comment')),
  };
}

function readModule(id: string, value: unknown): DraftModule {
  const [name, prompt] = [at(value, 'name'), at(value, 'prompt')];
  return {
    sound: v.is(moduleId, id),
    name: v.is(NAME, name) ? name : null,
    dependsOn: listOf(at(value, 'depends-on')).map((one) => textOf(one) ?? ''),
    className: textOf(at(value, 'class-name')),
    prompt: typeof prompt === 'number' ? prompt : null,
    types: listOf(at(value, 'types')).map((name) => textOf(name) ?? ''),
  };
}

function readPaths(value: unknown): DraftPaths {
  const path = (key: keyof DraftPaths): string | null => {
    const given = at(value, key);
    if (given === undefined) return DEFAULT_PATHS[key];
    return v.is(repositoryPath, given) ? given.replace(/\/$/, '') : null;
  };
  return { prompts: path('prompts'), types: path('types'), handoffs: path('handoffs') };
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
