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

/** One request, and one more where the config names another base or state file than the first look was at. */
export async function surveyBase(observer: Observer): Promise<SurveyedBase> {
  const { client, name, repositoryId, configPath, stateBranch } = observer;
  const look = async (rev: string, stateFile: string): Promise<SurveyedBase> => {
    const at = { rev, config: configPath, stateBranch, stateFile, repositoryId };
    const survey = await surveyGround(client, name, at);
    return { survey, config: configOf(survey, configPath) };
  };
  const seen = await look('HEAD', STATE_FILE);
  if (seen.config === null) return seen;
  const { defaultBranch } = seen.survey;
  const { paths } = seen.config;
  const base = seen.config.base ?? defaultBranch;
  if (base === defaultBranch && paths.state === STATE_FILE) return seen;
  return look(`refs/heads/${base}`, paths.state);
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
