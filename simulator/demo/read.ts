import { REPOSITORY, type DemoStage } from './stage.ts';

export const VERIFICATION_CHECK = 'sessionwright / verification';
export const BASE_CHECK = 'sessionwright / base';

/** A session's open pull request, as the coder finds it. */
export interface SessionPull {
  readonly number: number;
  readonly module: string;
  readonly attempt: number;
  readonly branch: string;
  readonly headSha: string;
  readonly sessionId: string;
}

/** The open pull requests of sessions, the oldest first. */
export async function openSessions(stage: DemoStage): Promise<readonly SessionPull[]> {
  const { data } = await stage.coder.api.rest.pulls.list({ ...REPOSITORY, state: 'open' });
  const sessions = await Promise.all(
    data.map(async ({ number, head }) => {
      const [, module, attempt] = /^session\/(.+)-(\d+)$/u.exec(head.ref) ?? [];
      if (module === undefined || attempt === undefined) return null;
      const document = `orchestration-docs/session-${module}-${attempt}.md`;
      const text = await readFile(stage, document, head.ref);
      const sessionId = /\*\*Session ID\*\* \| ([0-9a-f-]{36})/u.exec(text)?.[1];
      if (sessionId === undefined) throw new Error(`${document} names no session id.`);
      const { ref: branch, sha: headSha } = head;
      return { number, module, attempt: Number(attempt), branch, headSha, sessionId };
    }),
  );
  return sessions.filter((one) => one !== null).sort((a, b) => a.number - b.number);
}

export async function readFile(stage: DemoStage, path: string, ref: string): Promise<string> {
  const { data } = await stage.maya.api.rest.repos.getContent({ ...REPOSITORY, path, ref });
  if (!('content' in data)) throw new Error(`${path} is no file on ${ref}.`);
  return Buffer.from(data.content, 'base64').toString('utf8');
}

/** The part of the state file that the story looks at. */
export type State = Readonly<
  Record<
    string,
    {
      readonly status?: string;
      readonly blockedReason?: string | null;
      readonly sessionId?: string | null;
      readonly $session?: {
        readonly attempt: number;
        readonly pullRequest: number | null;
        readonly escalation: number | null;
        readonly request: unknown;
        readonly failedHeads: readonly {
          readonly sha: string;
          readonly failures: readonly string[];
        }[];
        readonly history: readonly {
          readonly outcome: string;
          readonly failureType: string | null;
          readonly escalation: number | null;
        }[];
      };
    }
  >
>;

export async function readState(stage: DemoStage): Promise<State> {
  return JSON.parse(
    await readFile(stage, 'implementation-state.json', 'sessionwright-state'),
  ) as State;
}

export interface CheckRun {
  readonly name: string;
  readonly conclusion: string | null;
  readonly status: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly {
    readonly path: string;
    readonly line: number;
    readonly level: string;
    readonly message: string;
  }[];
}

/** Our check runs on a commit. */
export async function readChecks(stage: DemoStage, sha: string): Promise<readonly CheckRun[]> {
  const { api } = stage.maya;
  const { data } = await api.rest.checks.listForRef({ ...REPOSITORY, ref: sha });
  return Promise.all(
    data.check_runs.map(async ({ id, name, conclusion, status, output }) => ({
      name,
      conclusion,
      status,
      title: output.title ?? '',
      summary: output.summary ?? '',
      text: output.text ?? '',
      annotations: await readAnnotations(stage, id),
    })),
  );
}

async function readAnnotations(stage: DemoStage, id: number): Promise<CheckRun['annotations']> {
  const { api } = stage.maya;
  const found = await api.paginate(api.rest.checks.listAnnotations, {
    ...REPOSITORY,
    check_run_id: id,
  });
  return found.map(({ path, start_line: line, annotation_level, message }) => {
    return { path, line, level: annotation_level ?? 'notice', message: message ?? '' };
  });
}
