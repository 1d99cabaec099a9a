import { configFacts } from '../domain/config-facts.ts';
import { SessionwrightError, StateMovedError } from '../domain/errors.ts';
import { known, tellKnown, type Told } from '../domain/diagnosis.ts';
import type { MessageCode } from '../domain/messages/catalogue.ts';
import type { RepositoryFacts, StateFacts } from '../domain/repository-facts.ts';
import { surveyBase, validateBase, type SurveyedBase } from './base.ts';
import { settleGround, type Ground } from './ground.ts';
import type { Observer } from './observer.ts';
import { assertHistory, readDashboards, type Dashboards } from './state-history.ts';
import { told } from './told.ts';

/** What it takes to look as a run does, dashboard and all. */
const PERMISSIONS = 'contents: read and issues: read';

/** Null where the base is not there: nothing was pushed yet, or the config names a branch that is gone. */
export async function surveyFacts(observer: Observer): Promise<Told<SurveyedBase | null>> {
  try {
    return await told(PERMISSIONS, () => surveyBase(observer));
  } catch (error) {
    if (isOf(error, 'base-missing')) return known(null);
    // What is told of the repository itself says so.
    if (isOf(error, 'repository-archived')) return untold('It is archived.', 'Unarchive it.');
    if (isOf(error, 'repository-not-seen')) return untold('It is not to be seen.', PERMISSIONS);
    throw error;
  }
}

function untold(why: string, would: string): Told<never> {
  return { known: false, why, would };
}

/** What a run would find on the base, in one request: all that is wrong with the pack, and whether the state is sound. */
export async function readBaseFacts(
  observer: Observer,
  surveyed: Told<SurveyedBase | null>,
): Promise<Pick<RepositoryFacts, 'config' | 'stateHistory'>> {
  if (!surveyed.known) return { config: surveyed, stateHistory: surveyed };
  if (surveyed.value === null) {
    return { config: known({ kind: 'no-base' }), stateHistory: known({ kind: 'no-dashboard' }) };
  }
  const base = surveyed.value;
  const read = await told(PERMISSIONS, () => readBase(observer, base));
  return {
    config: tellKnown(read, ({ config }) => config),
    stateHistory: tellKnown(read, ({ state }) => state),
  };
}

async function readBase(observer: Observer, { survey, config: own }: SurveyedBase) {
  const { client, name, author: viewer = survey.data.viewer.login } = observer;
  const ground = await orBroken(() => settleGround(client, name, survey));
  const dashboard = isBroken(ground) ? null : ground.state.dashboard;
  const identity = { viewer, former: own?.trustedAuthors ?? [] };
  const validated = await validateBase(observer, survey, {
    conversations: dashboard === null ? [] : [dashboard],
    identity,
  });
  if (isBroken(ground)) return { config: configFacts(survey.config, validated), state: ground };
  const dashboards = readDashboards(observer, { ground, scene: validated.scene, identity });
  const state = await orBroken(() => readHistory(observer, ground, dashboards));
  return { config: configFacts(survey.config, validated), state };
}

async function readHistory(
  observer: Observer,
  ground: Ground,
  dashboards: Dashboards,
): Promise<StateFacts> {
  await assertHistory(observer, ground, dashboards).catch((error: unknown) => {
    // The branch holds it by now.
    if (!(error instanceof StateMovedError)) throw error;
  });
  const [last] = [...dashboards].toReversed();
  if (last === undefined) return { kind: 'no-dashboard' };
  const [dashboard, commit] = last;
  return { kind: commit === null ? 'unnamed' : 'held', dashboard };
}

type Broken = Extract<StateFacts, { readonly kind: 'broken' }>;

/** What a run would stop for. */
const BREAKS: readonly MessageCode[] = ['state-missing', 'state-unreadable', 'state-rewritten'];

async function orBroken<T>(read: () => Promise<T>): Promise<T | Broken> {
  try {
    return await read();
  } catch (error) {
    if (!isOf(error, ...BREAKS)) throw error;
    const { message, fix } = error;
    return { kind: 'broken', message, fix };
  }
}

function isBroken(read: Ground | Broken): read is Broken {
  return 'kind' in read;
}

function isOf(error: unknown, ...codes: readonly MessageCode[]): error is SessionwrightError {
  return error instanceof SessionwrightError && codes.includes(error.code);
}
