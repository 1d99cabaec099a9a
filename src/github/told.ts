import * as v from 'valibot';
import { known, type Told } from '../domain/diagnosis.ts';
import { isRateLimited, statusOf } from './roles.ts';

const answered = v.object({
  response: v.object({ headers: v.object({ 'x-accepted-github-permissions': v.string() }) }),
});

/**
 * What was asked, or what it would take to be told: GitHub refuses with 403, and hides with 404 what may not be known
 * (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api). Anything else is an error.
 */
export async function told<T>(permission: string, ask: () => Promise<T>): Promise<Told<T>> {
  try {
    return known(await ask());
  } catch (error) {
    const status = statusOf(error);
    if ((status !== 403 && status !== 404) || isRateLimited(error)) throw error;
    const named = v.safeParse(answered, error);
    const accepted = named.success
      ? named.output.response.headers['x-accepted-github-permissions'].replaceAll('=', ': ')
      : permission;
    const role = accepted.startsWith('administration')
      ? ', or of somebody with the role admin'
      : '';
    return {
      known: false,
      why: `GitHub does not tell this token (${String(status)}).`,
      would: `A token with ${accepted}${role} tells.`,
    };
  }
}
