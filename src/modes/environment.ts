/** What a workflow's environment tells an action, read once at the edge. */
export interface Environment {
  readonly owner: string;
  readonly repo: string;
  /** Stays the same when the repository is renamed; null outside a workflow. */
  readonly repositoryId: number | null;
  readonly event: string;
  readonly payload: unknown;
  readonly apiUrl: string;
  /** The page of this run; null outside a workflow. */
  readonly runUrl: string | null;
  /** The workflow's file name, such as `sessions.yml`; null where it cannot be told. */
  readonly workflow: string | null;
}

/** The file name in `owner/repo/.github/workflows/sessions.yml@refs/heads/main`. */
export function workflowFile(workflowRef: string | undefined): string | null {
  return /\/([^/@]+\.ya?ml)@/u.exec(workflowRef ?? '')?.[1] ?? null;
}
