import { packPaths } from '../domain/config-reading.ts';
import { parseConfig, type Config } from '../domain/config.ts';
import { ProblemsError } from '../domain/errors.ts';
import { validateSources, type ValidatedSources } from '../domain/read-spec.ts';
import type { Identity } from './conversations.ts';
import { surveyGround, type Survey } from './ground.ts';
import { packLook } from './look.ts';
import type { Observer } from './observer.ts';
import { readScene, type Scene } from './scene.ts';

/** Whoever wrote something, it does not matter where only the spec pack is read. */
export const NOBODY: Identity = { viewer: '', former: [] };

/** The state file's name, until a config that was read says otherwise. */
const STATE_FILE = 'implementation-state.json';

export interface SurveyedBase {
  readonly survey: Survey;
  /** Null where it is missing or cannot be used. */
  readonly config: Config | null;
}

/**
 * One request, and one more each where the config names another base or state file than the look before was at. Which
 * branch the base is, the default branch's config says alone: the base's own may be of a time when it was another.
 */
export async function surveyBase(observer: Observer): Promise<SurveyedBase> {
  const first = await surveyAt(observer, 'HEAD', STATE_FILE);
  if (first.config === null) return first;
  const { base } = first.config;
  const isDefault = base === null || base === first.survey.defaultBranch;
  const rev = isDefault ? 'HEAD' : `refs/heads/${base}`;
  const there = isDefault ? first : await surveyAt(observer, rev, first.config.paths.state);
  if (there.config === null) return there;
  const { state } = there.config.paths;
  const isRead = there.survey.look.stateFile === state;
  const { survey, config } = isRead ? there : await surveyAt(observer, rev, state);
  return { survey, config: config === null ? null : { ...config, base } };
}

async function surveyAt(observer: Observer, rev: string, stateFile: string): Promise<SurveyedBase> {
  const { client, name, repositoryId, configPath, stateBranch } = observer;
  const look = { rev, config: configPath, stateBranch, stateFile, repositoryId };
  const survey = await surveyGround(client, name, look);
  return { survey, config: configOf(survey, configPath) };
}

function configOf({ config: content }: Survey, path: string): Config | null {
  const config = content.kind === 'text' ? parseConfig(content.text, path) : null;
  return config?.ok === true ? config.value : null;
}

/** @throws ProblemsError with all that is wrong with the spec pack too, which takes one more request. */
export async function surveyConfigured(
  observer: Observer,
): Promise<SurveyedBase & { readonly config: Config }> {
  const { survey, config } = await surveyBase(observer);
  if (config !== null) return { survey, config };
  const { validation, inTemplates } = await validateBase(observer, survey);
  const code = survey.config.kind === 'missing' ? 'config-missing' : 'config-invalid';
  throw new ProblemsError(code, [...validation.problems, ...inTemplates]);
}

interface Beside {
  /** Issues and pull requests by number, read in the same request. */
  readonly conversations: readonly number[];
  readonly identity: Identity;
}

/** All that is wrong with config, spec pack and templates on the base, however much it is; one request. */
export async function validateBase(
  { client, name, configPath, pack }: Observer,
  { config: content, baseSha }: Survey,
  { conversations, identity }: Beside = { conversations: [], identity: NOBODY },
): Promise<ValidatedSources & { readonly scene: Scene }> {
  const paths = packPaths(content.kind === 'text' ? content.text : '');
  const look = { ...packLook(paths, baseSha), conversations };
  const scene = await readScene(client, name, look, identity);
  return { ...(await validateSources({ path: configPath, content }, scene, pack)), scene };
}
