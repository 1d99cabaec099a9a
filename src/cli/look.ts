import type { Trigger } from '../domain/trigger.ts';
import { templateReader } from '../template-reader.ts';
import type { Context } from './command.ts';
import { sha256 } from '../sha256.ts';
import type { GitHubOptions } from './github-options.ts';
import type { Seen, Source } from './seen.ts';

/** Looks, on GitHub or at the checkout, and writes nothing. */
export async function look(
  context: Context,
  { github, author }: GitHubOptions,
  trigger: Trigger,
): Promise<Seen> {
  if (github === undefined) return lookAtCheckout(context, trigger);
  const { lookAtGitHub } = await import('./look-at-github.ts');
  return lookAtGitHub(context, { github, author }, trigger);
}

/** The checkout as it lies there stands for the base branch's tip, as if all of it were committed and pushed. */
async function lookAtCheckout(context: Context, trigger: Trigger): Promise<Seen> {
  const { io, directory, configPath } = context;
  const [{ findCheckout }, { workingTree }, { observeCheckout }] = await Promise.all([
    import('../local/checkout.ts'),
    import('../local/files.ts'),
    import('../local/observe.ts'),
  ]);
  const checkout = await findCheckout(directory, configPath, io.env);
  const templates = templateReader();
  const observer = {
    checkout,
    files: workingTree(checkout.root),
    configPath,
    baseSha: checkout.head,
    pack: { hash: sha256, checkTemplates: templates.check },
    now: io.now,
  };
  const { stateFrom, ...seen } = await observeCheckout(observer, trigger);
  return {
    ...seen,
    templates: templates.found(),
    source: { kind: 'checkout', root: checkout.root, remote: checkout.remote, state: stateFrom },
  };
}

/** Where it was looked, in a line. */
export function describeSource(source: Source): string {
  if (source.kind === 'github') return `Looked at ${source.repository} on GitHub.`;
  const state =
    source.state === null
      ? `${source.remote === null ? 'there is no state' : 'no state was fetched'} yet`
      : `the state is that of ${source.state} as it was last fetched`;
  return `Looked at the checkout ${source.root}; ${state}. Pull requests, issues and checks are seen with --github only.`;
}
