/** The check to require in branch protection. */
export const VERIFICATION_CHECK = 'sessionwright / verification';
/** Informative: the gates as they stood when the session started, on the document's commit. */
export const GATES_CHECK = 'sessionwright / gates';
/** Informative: the gate commands' result, on the base commit. */
export const BASE_CHECK = 'sessionwright / base';

/** By this a check run of ours is known again; a foreign check of the same name has none. */
export function checkExternalId(subject: string, sha: string): string {
  return `sessionwright:${subject}:${sha}`;
}
