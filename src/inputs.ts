import { SessionwrightError } from './domain/errors.ts';

export const MODES = ['plan', 'verify', 'orchestrate', 'repair'] as const;
export type Mode = (typeof MODES)[number];

/** The action's inputs as given, each once, in one place. */
export interface Inputs {
  readonly mode: Mode;
  readonly githubToken: string;
  /** For orchestrate: the token of a user or an App that coders take orders from; empty where there is none. */
  readonly handoffToken: string;
  readonly config: string;
  readonly plan: string;
  /** For verify: the script that prepares the checkout. */
  readonly setup: string;
  readonly verification: string;
  readonly dryRun: boolean;
  readonly apiUrl: string;
}

/** @throws SessionwrightError where the mode is none of ours or a needed token is missing. */
export function readInputs(get: (name: string) => string): Inputs {
  const asked = get('mode');
  const mode = MODES.find((one) => one === asked);
  if (mode === undefined) {
    throw SessionwrightError.of('unknown-mode', { asked, known: MODES });
  }
  const githubToken = get('github-token');
  if (mode !== 'verify' && githubToken === '') {
    throw SessionwrightError.of('token-missing', { mode });
  }
  return {
    mode,
    githubToken,
    handoffToken: get('handoff-token'),
    config: get('config'),
    plan: get('plan'),
    setup: get('setup'),
    verification: get('verification'),
    dryRun: readDryRun(get('dry-run'), mode),
    apiUrl: get('github-api-url'),
  };
}

/**
 * YAML's spellings of a truth value; any other is refused, since taken for false it would write. A repair writes only
 * where it is told so.
 */
function readDryRun(text: string, mode: Mode): boolean {
  if (text === '') return mode === 'repair';
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  if (['false', 'False', 'FALSE'].includes(text)) return false;
  throw SessionwrightError.of('dry-run-invalid', { given: text });
}
