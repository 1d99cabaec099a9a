/** One attempt at one module. */
export interface Session {
  readonly module: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** UUID v4. */
  readonly sessionId: string;
  readonly startedAt: string;
  readonly baseSha: string;
}

/** Where everything of a session lies, from its module and attempt alone. */
export interface SessionPaths {
  readonly branch: string;
  readonly document: string;
  readonly report: string;
  readonly escalationReport: string;
  readonly claim: string;
}

const BRANCH = /^session\/([a-z0-9]+(?:-[a-z0-9]+)*)-([1-9][0-9]{0,5})$/;

export function sessionBranch(module: string, attempt: number): string {
  return `session/${module}-${attempt}`;
}

/** The module and attempt that a branch name stands for, or null where it is no session's. */
export function parseSessionBranch(
  branch: string,
): { readonly module: string; readonly attempt: number } | null {
  const [, module, attempt] = BRANCH.exec(branch) ?? [];
  return module === undefined || attempt === undefined
    ? null
    : { module, attempt: Number(attempt) };
}

/** `documents` is the configured folder of the orchestration documents. */
export function sessionPaths(module: string, attempt: number, documents: string): SessionPaths {
  const key = `${module}-${attempt}`;
  return {
    branch: sessionBranch(module, attempt),
    document: `${documents}/session-${key}.md`,
    report: `${documents}/reports/${key}.md`,
    escalationReport: `${documents}/reports/${key}-escalation.md`,
    claim: `${documents}/claims/${key}.json`,
  };
}

/** The message of the commit that begins a session; it survives a rebase. */
export function documentMessage(module: string, attempt: number): string {
  return `docs: orchestration document of ${module}, attempt ${attempt}`;
}

export function sessionTitle(name: string, attempt: number, maxAttempts: number): string {
  return `Session: ${name} (attempt ${attempt} of ${maxAttempts})`;
}
