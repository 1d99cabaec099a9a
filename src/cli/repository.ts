import { findCheckout, type Checkout } from '../local/checkout.ts';
import { UsageError, type Context } from './command.ts';

const GITHUB_HOST = 'github.com';

/**
 * The repository that is meant: the one that was named, else the checkout's.
 * @throws UsageError where neither tells, or where another server than the one to be asked has it.
 */
export async function meantRepository(
  { io, directory, configPath }: Context,
  github: string | undefined,
): Promise<string> {
  if (github !== undefined) return github;
  const checkout = await findCheckout(directory, configPath, io.env);
  const { remote } = checkout;
  if (remote === null) {
    throw new UsageError(
      'No repository is named, and the checkout has no remote origin.',
      'Add --github owner/name.',
    );
  }
  assertServer(checkout, io.env);
  return remote;
}

/** A name of another server's must not be looked up on github.com, where somebody else may have it. */
export function assertServer(
  { repository }: Pick<Checkout, 'repository'>,
  env: Context['io']['env'],
): void {
  const { host } = new URL(repository.url);
  if (host === GITHUB_HOST || env['GITHUB_API_URL'] !== undefined) return;
  throw new UsageError(
    `The remote origin is on ${host}.`,
    `Set GITHUB_API_URL, as GitHub Enterprise Server has it: https://${host}/api/v3.`,
  );
}
