import type { StartStep } from '../decide/situation.ts';
import { renderReply } from '../documents/reply.ts';
import { parseMarker, renderMarker } from '../documents/marker.ts';
import { coderComment, coderInputs, isAgent, needsToken } from '../domain/coder-call.ts';
import type { Config } from '../domain/config.ts';
import { CoderNotCalledError } from '../domain/errors.ts';
import { labelKey } from '../domain/labels.ts';
import { sessionPaths } from '../domain/session.ts';
import type { Write } from '../domain/writes.ts';
import { ensureLabel } from './labels.ts';
import type { Created, Hub } from './ports.ts';
import type { Stage } from './stage.ts';

const MARKER = 'handoff';

interface Call {
  readonly stage: Stage;
  readonly step: StartStep;
  readonly pull: Created;
}

/**
 * Calls the coder in each of the config's ways, once for a session, before its start is recorded. A way that GitHub
 * refuses for good is told and does not keep the session from running: a person can call the coder. Anything else
 * that fails is thrown, and the next run calls.
 */
export async function callCoder(
  stage: Stage,
  step: StartStep,
  pull: Created,
): Promise<readonly CoderNotCalledError[]> {
  const call = { stage, step, pull };
  const refused: CoderNotCalledError[] = [];
  for (const way of [startWorkflow, writeComment, assign, putLabels]) {
    try {
      await way(call);
    } catch (error) {
      if (!(error instanceof CoderNotCalledError)) throw error;
      refused.push(error);
    }
  }
  if (refused.length > 0) tell(call, refused);
  return refused;
}

async function startWorkflow({ stage, step, pull }: Call): Promise<void> {
  const { config, base, repository } = stage.world;
  const { workflow } = config.handoff;
  if (workflow === null) return;
  const { sessionId } = step.session;
  // A session that was claimed by an earlier run may have been handed over by it.
  if (step.claim === null && (await stage.hub.hasRunNamed(workflow, sessionId))) return;
  const { documents } = config.paths;
  const place = { pullRequest: pull.number, base: base.branch, documents };
  const inputs = coderInputs(step.module, step.session, place);
  await stage.hub.callWorkflow({ workflow, ref: repository.defaultBranch, inputs });
  stage.tell(`${step.module.id}: handed over to ${workflow}`);
}

async function writeComment({ stage, step, pull }: Call): Promise<void> {
  const { config, pulls } = stage.world;
  const { comment } = config.handoff;
  if (comment === null) return;
  const { sessionId, attempt } = step.session;
  const known = pulls.get(step.module.id)?.comments ?? [];
  if (known.some(({ body }) => parseMarker(body, MARKER)?.get('session') === sessionId)) return;
  const { document } = sessionPaths(step.module.id, attempt, config.paths.documents);
  const text = coderComment(comment, step.module, document);
  const body = `${text}\n\n${renderMarker(MARKER, { session: sessionId })}`;
  const [refused] = await coderHub(stage).write([{ kind: 'comment', subject: pull.id, body }]);
  if (refused !== undefined) throw new CoderNotCalledError('handoff.comment', refused);
}

async function assign({ stage, pull }: Call): Promise<void> {
  const { assignees } = stage.world.config.handoff;
  if (assignees.length === 0) return;
  const hub = assignees.some(isAgent) ? coderHub(stage) : (stage.coderHub ?? stage.hub);
  await hub.assign(pull.number, assignees);
}

/** Those that are on were put there by a run that died; put on by the workflow's own token they would start nothing. */
async function putLabels({ stage, step, pull }: Call): Promise<void> {
  const { config, pulls } = stage.world;
  const has = new Set(pulls.get(step.module.id)?.labels.map(({ name }) => labelKey(name)));
  const missing = config.handoff.labels.filter((name) => !has.has(labelKey(name)));
  if (missing.length === 0) return;
  const hub = coderHub(stage);
  const writes: Write[] = [];
  for (const name of missing) {
    const label = await ensureLabel(stage, name);
    writes.push({ kind: 'add-label', subject: pull.id, label });
  }
  const [refused] = await hub.write(writes);
  if (refused !== undefined) throw new CoderNotCalledError('handoff.labels', refused);
}

function coderHub(stage: Stage): Hub {
  if (stage.coderHub !== null) return stage.coderHub;
  const keys = needsToken(stage.world.config).join(' and ');
  throw new CoderNotCalledError(keys, 'The input handoff-token is empty.');
}

function tell({ stage, step, pull }: Call, refused: readonly CoderNotCalledError[]): void {
  const [first] = refused;
  if (first === undefined) return;
  const { module, session } = step;
  const said = new Set(
    refused.map(({ message }) => (/[.!?]$/u.test(message) ? message : `${message}.`)),
  );
  const message = [...said].join(' ');
  const told = { code: first.code, message, fix: first.fix };
  const isPartly = refused.length < waysOf(stage.world.config);
  const reply = { kind: 'not-called', module: module.id, isPartly, told } as const;
  const body = renderReply(reply, `not-called ${session.sessionId}`);
  stage.post({ kind: 'comment', subject: pull.id, body });
}

/** How many ways of calling a coder the config has. */
function waysOf({ handoff }: Config): number {
  const { workflow, comment, assignees, labels } = handoff;
  const ways = [workflow !== null, comment !== null, assignees.length > 0, labels.length > 0];
  return ways.filter(Boolean).length;
}
