import type { Config, ModuleConfig } from './config.ts';
import { fillFields } from './module-fields.ts';
import type { Problem } from './problem.ts';
import { sessionPaths, type Session } from './session.ts';

/** What a coder's workflow has to declare. */
export const CODER_INPUTS = [
  'session',
  'module',
  'attempt',
  'document',
  'report',
  'branch',
  'base',
  'pull-request',
] as const;

/**
 * What a coder's workflow is told of its session: it has to declare each of these inputs, and to carry `session` in
 * its `run-name`, by which a run that was started is known again. GitHub Enterprise Server takes ten inputs.
 */
export function coderInputs(
  module: ModuleConfig,
  session: Session,
  place: { readonly pullRequest: number; readonly base: string; readonly documents: string },
): Readonly<Record<(typeof CODER_INPUTS)[number], string>> {
  const { branch, document, report } = sessionPaths(module.id, session.attempt, place.documents);
  return {
    session: session.sessionId,
    module: module.id,
    attempt: String(session.attempt),
    document,
    report,
    branch,
    base: place.base,
    'pull-request': String(place.pullRequest),
  };
}

/** The comment that calls the coder, with its fields filled in. */
export function coderComment(text: string, module: ModuleConfig, document: string): string {
  return fillFields(
    text,
    new Map([
      ['document', document],
      ['module.id', module.id],
      ['module.name', module.name],
      ['module.className', module.className],
    ]),
  );
}

/** The ways of calling a coder that start nothing under a workflow's own token. */
export function needsToken({ handoff }: Pick<Config, 'handoff'>): readonly string[] {
  return [
    ...(handoff.comment === null ? [] : ['handoff.comment']),
    ...(handoff.assignees.some(isAgent) ? ['handoff.assignees'] : []),
    ...(handoff.labels.length === 0 ? [] : ['handoff.labels']),
  ];
}

/** Bots, and Copilot, which is assigned by its own name; a person may be assigned by anybody who may write. */
export function isAgent(login: string): boolean {
  return login.endsWith('[bot]') || /^copilot(?:-swe-agent)?$/iu.test(login);
}

/**
 * What the config asks for and the workflow's own token cannot do: agents take orders from a user or an App, and what
 * `GITHUB_TOKEN` does starts no workflow
 * (https://docs.github.com/en/actions/concepts/security/github_token#when-github_token-triggers-workflow-runs).
 */
export function tokenProblems(config: Config, file: string, hasToken: boolean): readonly Problem[] {
  if (hasToken) return [];
  return needsToken(config).map((key) => ({
    code: 'token-for-coder',
    file,
    line: null,
    message: `\`${key}\` calls the coder, which takes no orders from the workflow's own token, and the input handoff-token is empty.`,
    fix: `Give the step with \`mode: orchestrate\` the token of a user or an App as \`handoff-token\`, or take \`${key}\` out and use \`handoff.workflow\`.`,
  }));
}
