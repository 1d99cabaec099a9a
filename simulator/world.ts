import { CallLog } from './call-log.ts';
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

/** Everything the simulated GitHub knows. */
export class World {
  readonly urls: Urls;
  readonly calls = new CallLog();
  readonly accounts = new Map<string, Account>();
  readonly repositories = new Map<string, Repository>();
  readonly nodes = new Map<string, NodeTarget>();
  private readonly clock: () => Date;
  private readonly credentials = new Map<string, Actor>();
  private readonly listeners: ((event: RepositoryEvent) => void)[] = [];
  private readonly apps = new Map<string, App>([[ACTIONS_APP.slug, ACTIONS_APP]]);
  private lastId = FIRST_ID;
  private lastToken = 0;
  private lastEvent = 0;

  constructor(urls: Urls, clock: () => Date) {
    this.urls = urls;
    this.clock = clock;
    this.accounts.set(ACTIONS_APP.bot.login, ACTIONS_APP.bot);
  }

  now(): string {
    return isoDate(this.clock());
  }

  milliseconds(): number {
    return this.clock().getTime();
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
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
    const known = this.apps.get(slug);
    if (known !== undefined) return known;
    const app = {
      id: this.nextId(),
      slug,
      name: slug,
      bot: this.ensureAccount(`${slug}[bot]`, 'Bot'),
    };
    this.apps.set(slug, app);
    return app;
  }

  repository(fullName: string): Repository | null {
    return this.repositories.get(fullName.toLowerCase()) ?? null;
  }

  createUserToken(login: string, scopes: readonly string[]): string {
    const token = this.nextToken('ghp');
    this.credentials.set(token, {
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
    this.credentials.set(token, { ...shared, repository, permissions });
    return token;
  }

  revoke(token: string): void {
    this.credentials.delete(token);
  }

  /** Who a token belongs to; null when it is unknown or revoked. */
  credential(token: string | null): Credential | null {
    if (token === null) return { kind: 'none' };
    return this.credentials.get(token) ?? null;
  }

  onEvent(listener: (event: RepositoryEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Sends a webhook event to every listener, in the order things happened. */
  emit(event: Omit<RepositoryEvent, 'id'>): void {
    this.lastEvent += 1;
    const delivered = { ...event, id: `delivery-${String(this.lastEvent)}` };
    for (const listener of this.listeners) listener(delivered);
  }

  private nextToken(prefix: string): string {
    this.lastToken += 1;
    return `${prefix}_${String(this.lastToken).padStart(36, '0')}`;
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
