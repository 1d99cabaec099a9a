import { ProblemsError } from '../domain/errors.ts';
import { EMPTY_STATE, type ImplementationState } from '../domain/implementation-state.ts';
import { STATE_BRANCH } from '../domain/state-branch.ts';
import { parseState } from '../domain/state-file.ts';
import { committedFiles, type Files } from './files.ts';
import { commitOf, type Git } from './git.ts';
import { readText } from './pack.ts';

export interface LocalState {
  readonly state: ImplementationState;
  /** The ref or file that it was read from; null where there is none yet. */
  readonly from: string | null;
}

/**
 * The state as it was last fetched, else that of a branch of one's own, else the file that a first run would import.
 * @throws ProblemsError where it cannot be read whole.
 */
export async function readState(git: Git, files: Files, file: string): Promise<LocalState> {
  for (const ref of [`refs/remotes/origin/${STATE_BRANCH}`, `refs/heads/${STATE_BRANCH}`]) {
    const sha = await commitOf(git, ref);
    if (sha === null) continue;
    const from = ref.replace(/^refs\/(?:remotes|heads)\//u, '');
    const text = await readText(committedFiles(git, sha), file);
    if (text !== null) return { state: parse(text, `${from}:${file}`), from };
  }
  const imported = await readText(files, file);
  return imported === null
    ? { state: EMPTY_STATE, from: null }
    : { state: parse(imported, file), from: file };
}

function parse(text: string, file: string): ImplementationState {
  const state = parseState(text, file);
  if (!state.ok) throw new ProblemsError('state-unreadable', state.problems);
  return state.value;
}
