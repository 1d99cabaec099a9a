import { CallLog } from './call-log.ts';
import { copyFields, copyGraph } from './copy-graph.ts';
import { isoDate } from './git/objects.ts';
import type {
  Account,
  Actor,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Credential,
  Issue,
  Label,
  Repository,
} from './model.ts';
import type { Permissions, RepositoryEvent } from './ports.ts';

export interface Urls {
  readonly server: string;
  readonly api: string;
  readonly graphql: string;
}

/** What a GraphQL node id stands for. */
export type NodeTarget =
  | { readonly type: 'Repository'; readonly repo: Repository }
  | { readonly type: 'Issue'; readonly repo: Repository; readonly issue: Issue }
  | { readonly type: 'Comment'; readonly repo: Repository; readonly comment: Comment }
  | { readonly type: 'Label'; readonly repo: Repository; readonly label: Label }
  | { readonly type: 'CheckSuite'; readonly repo: Repository; readonly suite: CheckSuite }
  | { readonly type: 'CheckRun'; readonly repo: Repository; readonly run: CheckRun }
  | { readonly type: 'Account'; readonly account: Account };

/** The app whose tokens jobs get; the ids are those of github.com. */
export const ACTIONS_APP: App = {
  id: 15368,
  slug: 'github-actions',
  name: 'GitHub Actions',
  bot: { id: 41898282, login: 'github-actions[bot]', type: 'Bot' },
};

const FIRST_ID = 1000;

/** All that changes, but for what lies in git. */
interface Contents {
  readonly accounts: Map<string, Account>;
  readonly repositories: Map<string, Repository>;
  /** By the names that they had, as long as no other repository takes one. */
  readonly former: Map<string, Repository>;
  readonly nodes: Map<string, NodeTarget>;
  readonly credentials: Map<string, Actor>;
  readonly apps: Map<string, App>;
  readonly last: { id: number; token: number; event: number };
}

/** The world as it was at one time; objects in git never change, so of git its refs are enough. */
export interface Memory {
  readonly contents: Contents;
  /** By full name. */
  readonly refs: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Everything the simulated GitHub knows. */
export class World {
  readonly urls: Urls;
  /** Of GitHub Enterprise Server; null for github.com. */
  serverVersion: string | null = null;
  readonly calls: CallLog;
  private readonly clock: () => Date;
  private readonly listeners: ((event: RepositoryEvent) => void)[] = [];
  private contents: Contents = {
    accounts: new Map([[ACTIONS_APP.bot.login, ACTIONS_APP.bot]]),
    repositories: new Map(),
    former: new Map(),
    nodes: new Map(),
    credentials: new Map(),
    apps: new Map([[ACTIONS_APP.slug, ACTIONS_APP]]),
    last: { id: FIRST_ID, token: 0, event: 0 },
  };

  constructor(urls: Urls, clock: () => Date, calls = new CallLog()) {
    this.urls = urls;
    this.clock = clock;
    this.calls = calls;
  }

  get accounts(): Map<string, Account> {
    return this.contents.accounts;
  }

  get repositories(): Map<string, Repository> {
    return this.contents.repositories;
  }

  get nodes(): Map<string, NodeTarget> {
    return this.contents.nodes;
  }

  remember(): Memory {
    const contents = copyGraph(this.contents, new Map()) as Contents;
    const repositories = [...this.repositories.values()];
    return { contents, refs: new Map(repositories.map((repo) => [repo.fullName, repo.git.refs])) };
  }

  /** Goes back to what is remembered; repositories stay the same objects. */
  recall({ contents, refs }: Memory): void {
    const known = [...this.repositories.values()];
    const pairs = [...contents.repositories.values()].flatMap((image) => {
      const repo = known.find(({ id }) => id === image.id);
      return repo === undefined ? [] : [{ image, repo }];
    });
    const copies = new Map<unknown, unknown>(pairs.map(({ image, repo }) => [image, repo]));
    for (const { image, repo } of pairs) copyFields(image, repo, copies);
    this.contents = copyGraph(contents, copies) as Contents;
    for (const repo of this.repositories.values()) {
      repo.git.resetRefs(refs.get(repo.fullName) ?? new Map());
      repo.git.setHead(repo.defaultBranch);
    }
  }

  /** A world to be read that stays as this one is now, as a replica does that lags behind. */
  replica(): World {
    const replica = new World(this.urls, this.clock, this.calls);
    replica.serverVersion = this.serverVersion;
    replica.contents = copyGraph(this.contents, new Map()) as Contents;
    for (const repo of replica.repositories.values()) {
      Object.assign(repo, { git: repo.git.frozen() });
    }
    return replica;
  }

  now(): string {
    return isoDate(this.clock());
  }

  milliseconds(): number {
    return this.clock().getTime();
  }

  nextId(): number {
    this.contents.last.id += 1;
    return this.contents.last.id;
  }

  account(login: string): Account | null {
    return this.accounts.get(login.toLowerCase()) ?? null;
  }

  /** The account of that login, made if nobody has it yet. */
  ensureAccount(login: string, type: Account['type'] = 'User'): Account {
    const known = this.account(login);
    if (known !== null) return known;
    const account = { id: this.nextId(), login, type };
    this.accounts.set(login.toLowerCase(), account);
    this.nodes.set(accountNodeId(account), { type: 'Account', account });
    return account;
  }

  /** Another GitHub App, whose bot is `<slug>[bot]`. */
  ensureApp(slug: string): App {
    const known = this.contents.apps.get(slug);
    if (known !== undefined) return known;
    const app = {
      id: this.nextId(),
      slug,
      name: slug,
      bot: this.ensureAccount(`${slug}[bot]`, 'Bot'),
    };
    this.contents.apps.set(slug, app);
    return app;
  }

  repository(fullName: string): Repository | null {
    return this.repositories.get(fullName.toLowerCase()) ?? null;
  }

  repositoryById(id: number): Repository | null {
    return [...this.repositories.values()].find((repo) => repo.id === id) ?? null;
  }

  /** The repository that was renamed away from that name, unless another one bears it by now. */
  formerly(fullName: string): Repository | null {
    if (this.repository(fullName) !== null) return null;
    return this.contents.former.get(fullName.toLowerCase()) ?? null;
  }

  /** Tokens stay good, since they are for a repository and not for a name. */
  rename(repo: Repository, name: string): void {
    const before = repo.fullName;
    this.repositories.delete(before.toLowerCase());
    Object.assign(repo, { name, fullName: `${repo.owner.login}/${name}` });
    this.repositories.set(repo.fullName.toLowerCase(), repo);
    this.contents.former.set(before.toLowerCase(), repo);
    for (const actor of this.contents.credentials.values()) {
      if (actor.kind === 'installation' && actor.repository === before) {
        actor.repository = repo.fullName;
      }
    }
  }

  createUserToken(login: string, scopes: readonly string[]): string {
    const token = this.nextToken('ghp');
    this.contents.credentials.set(token, {
      kind: 'user',
      token,
      account: this.ensureAccount(login),
      scopes,
    });
    return token;
  }

  createInstallationToken(repository: string, app: App, permissions: Permissions): string {
    const token = this.nextToken('ghs');
    const shared = { kind: 'installation', token, app, account: app.bot } as const;
    this.contents.credentials.set(token, { ...shared, repository, permissions });
    return token;
  }

  revoke(token: string): void {
    this.contents.credentials.delete(token);
  }

  /** Who a token belongs to; null when it is unknown or revoked. */
  credential(token: string | null): Credential | null {
    if (token === null) return { kind: 'none' };
    return this.contents.credentials.get(token) ?? null;
  }

  onEvent(listener: (event: RepositoryEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Sends a webhook event to every listener, in the order things happened. */
  emit(event: Omit<RepositoryEvent, 'id'>): void {
    this.contents.last.event += 1;
    const delivered = { ...event, id: `delivery-${String(this.contents.last.event)}` };
    for (const listener of this.listeners) listener(delivered);
  }

  private nextToken(prefix: string): string {
    this.contents.last.token += 1;
    return `${prefix}_${String(this.contents.last.token).padStart(36, '0')}`;
  }
}

/** A global node id: opaque to clients, a prefix for its kind and the database id within. */
export function nodeId(prefix: string, id: number | string): string {
  return `${prefix}_${Buffer.from(String(id)).toString('base64url')}`;
}

export function accountNodeId(account: Account): string {
  const prefixes = { User: 'U', Bot: 'BOT', Organization: 'O' };
  return nodeId(prefixes[account.type], account.id);
}
