import { known, type Told } from '../domain/diagnosis.ts';
import { isLimited, statusOf } from './answers.ts';
import { acceptedPermissions, graphqlTypes } from './explain-error.ts';

/**
 * What was asked, or what it would take to be told: GitHub refuses with 403, and hides with 404 what may not be known
 * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api). Anything else is an error.
 */
export async function told<T>(permission: string, ask: () => Promise<T>): Promise<Told<T>> {
  try {
    return known(await ask());
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || isLimited(error)) throw error;
    const takes = acceptedPermissions(error)?.replaceAll('=', ': ') ?? permission;
    const role = takes.startsWith('administration') ? ', or of somebody with the role admin' : '';
    return {
      known: false,
      why: `GitHub does not tell this token (${refusal}).`,
      would: `A token with ${takes}${role} tells.`,
    };
  }
}

/** The status of REST, or GraphQL's word for it; null where it refused nothing. */
function refusalOf(error: unknown): string | null {
  const status = statusOf(error);
  if (status === 403 || status === 404) return String(status);
  const types = graphqlTypes(error);
  return types.find((type) => type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') ?? null;
}
