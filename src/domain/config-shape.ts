import * as v from 'valibot';

import { strayKeys } from './config-keys.ts';
import { type Path, type YamlNode, lineOf } from './config-lines.ts';
import { type ConfigFile, configSchema } from './config-schema.ts';
import { NOT_READY } from './config-values.ts';
import { suggest } from './nearest.ts';
import { type ProblemLog, quoteValue } from './problem.ts';

type Issue = v.InferIssue<typeof configSchema>;

/** The file with its defaults, or null where its shape is wrong and the log tells how. */
export function checkShape(value: unknown, root: YamlNode, log: ProblemLog): ConfigFile | null {
  const reported = new Set<string>();
  for (const stray of strayKeys(configSchema, value)) {
    reported.add(stray.path.join('\n'));
    const line = lineOf(root, stray.path);
    if (stray.kind === 'list') {
      log.add(line, `${describePath(stray.path)} must be a mapping, but is a list.`, FIX_LIST);
      continue;
    }
    const { path, known } = stray;
    log.add(line, unknownKey(path), () => knownKeys(path, known));
  }
  const result = v.safeParse(configSchema, value, { abortPipeEarly: true });
  if (result.success) return reported.size === 0 ? result.output : null;
  for (const issue of result.issues) {
    const path = pathOf(issue);
    const isKey = issue.path?.at(-1)?.origin === 'key';
    const place = [...path, ...(isKey ? ['its key'] : [])];
    if (isReported(path, reported) || reported.has(place.join('\n'))) continue;
    reported.add(place.join('\n'));
    report(issue, path, root, log);
  }
  return null;
}

/** `modules.plex-auth.prompt`, or "The file" for the whole. */
function describePath(path: Path): string {
  if (path.length === 0) return 'The file';
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${shorten(step)}`));
  return JSON.stringify(steps.join('').slice(1));
}

function report(issue: Issue, path: Path, root: YamlNode, log: ProblemLog): void {
  const line = lineOf(root, path);
  const last = issue.path?.at(-1);
  if (last?.origin !== 'key') {
    const wanted = issue.type === 'strict_object' ? 'a mapping' : issue.message;
    const found = issue.input === null ? 'has no value' : `is ${quoteValue(issue.input)}`;
    const message = `${describePath(path)} must be ${wanted}, but ${found}.`;
    log.add(line, message, fixOf(wanted));
    return;
  }
  if (issue.kind === 'schema' && issue.type === 'strict_object') {
    const [key, parent] = [String(last.key), describePath(path.slice(0, -1))];
    log.add(line, `${parent} lacks the key "${key}".`, FIX_MISSING[key] ?? `Add "${key}".`);
    return;
  }
  const key = quoteValue(String(last.key));
  log.add(line, `The key ${key} must be ${issue.message}.`, fixOf(issue.message));
}

function fixOf(wanted: string): string {
  return wanted === NOT_READY ? 'Choose another id.' : `Make it ${wanted}.`;
}

const FIX_LIST = 'Write `key: value` lines without dashes.';

const FIX_MISSING: Readonly<Record<string, string>> = {
  version: 'Add `version: 1` as the first line.',
  modules: 'Add `modules:` and below it one entry for each module.',
  prompt: 'Add `prompt:` with the number of its heading in the prompts file.',
  failure: 'Add `failure:` with a failure type, such as type-error or test-failure.',
};

function unknownKey(path: Path): string {
  const place = path.length === 1 ? 'the config' : describePath(path.slice(0, -1));
  return `There is no key ${quoteValue(String(path.at(-1)))} in ${place}.`;
}

function knownKeys(path: Path, known: readonly string[]): string {
  const key = String(path.at(-1));
  if (key === '<<') return 'Merge keys are not read: write the keys out.';
  return suggest(key, known, `Take it out; the known keys are ${known.join(', ')}.`);
}

function pathOf(issue: Issue): Path {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

/** True where a problem of this very place or of one above it has been told. */
function isReported(path: Path, reported: ReadonlySet<string>): boolean {
  return path.some((_, index) => reported.has(path.slice(0, index + 1).join('\n')));
}

function shorten(step: string): string {
  return step.length <= 60 ? step : `${step.slice(0, 59)}…`;
}
