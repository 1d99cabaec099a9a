import type { Account, Label, Repository } from '../model.ts';
import { presentAccount } from '../present/account.ts';
import { presentLabel } from '../present/issue.ts';
import { accountNodeId } from '../world.ts';
import type { Context, GraphObject } from './context.ts';

/** In GraphQL a bot's login goes without `[bot]`. */
export function actorNode({ world }: Context, account: Account | null): GraphObject | null {
  if (account === null) return null;
  const { html_url, avatar_url } = presentAccount(world, account);
  return {
    __typename: account.type,
    id: accountNodeId(account),
    databaseId: account.id,
    login: account.login.replace(/\[bot\]$/, ''),
    url: html_url,
    avatarUrl: avatar_url,
  };
}

/** The one exception: `viewer` keeps the bot's full login. */
export function viewerNode(account: Account): GraphObject {
  const { login, id } = account;
  return { __typename: 'User', id: accountNodeId(account), databaseId: id, login, name: login };
}

export function labelNode({ world }: Context, repo: Repository, label: Label): GraphObject {
  const { node_id, name, color, description, url } = presentLabel(world, repo, label);
  return { __typename: 'Label', id: node_id, name, color, description, url };
}
