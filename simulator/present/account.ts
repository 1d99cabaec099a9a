import type { components } from '@octokit/openapi-types';

import type { Account, App } from '../model.ts';
import { accountNodeId, nodeId } from '../world.ts';
import type { World } from '../world.ts';

export type Schemas = components['schemas'];

export function presentAccount(world: World, account: Account): Schemas['simple-user'] {
  const url = `${world.urls.api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${world.urls.server}/avatars/u/${String(account.id)}`,
    gravatar_id: '',
    url,
    html_url: htmlUrl(world, account),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

function htmlUrl(world: World, account: Account): string {
  const path =
    account.type === 'Bot' ? `apps/${account.login.slice(0, -'[bot]'.length)}` : account.login;
  return `${world.urls.server}/${path}`;
}

export function presentApp(world: World, app: App): NonNullable<Schemas['nullable-integration']> {
  const founded = '2018-07-30T09:30:17Z';
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: presentAccount(world, { id: 9919, login: 'github', type: 'Organization' }),
    name: app.name,
    description: null,
    external_url: 'https://help.github.com/en/actions',
    html_url: `${world.urls.server}/apps/${app.slug}`,
    created_at: founded,
    updated_at: founded,
    permissions: { checks: 'write', contents: 'write', issues: 'write', metadata: 'read' },
    events: ['check_run', 'push', 'pull_request', 'workflow_dispatch'],
  };
}

/** How an account signs commits: GitHub's no-reply address, so that the commit finds its account. */
export function commitIdentity(account: Account): {
  readonly name: string;
  readonly email: string;
} {
  const email = `${String(account.id)}+${account.login}@users.noreply.github.com`;
  return { name: account.login, email };
}

/** Whose commit it is, by the no-reply address. */
export function accountOfEmail(world: World, email: string): Account | null {
  const match = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email);
  return match === null ? null : world.account(match[1] ?? '');
}
