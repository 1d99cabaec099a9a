import { message, type NoData } from './message.ts';

interface Answer {
  /** GitHub's own words. */
  readonly said: string;
}

/** What the orchestrate job of the README's workflow has. */
const PERMISSIONS =
  '`actions: write`, `checks: write`, `contents: write`, `issues: write` and `pull-requests: write`';

/** What GitHub refuses, and what it takes to be let. */
export const GITHUB_MESSAGES = {
  'pull-requests-not-allowed': message({
    says: (_: NoData) => 'The token may not create pull requests.',
    fix: () =>
      'Turn on Settings → Actions → General → Workflow permissions → "Allow GitHub Actions to create and approve pull requests", and give the job `pull-requests: write`; then ask for the module again.',
  }),
  'coder-not-called': message({
    says: ({ key, why }: { readonly key: string; readonly why: string }) =>
      `The coder was not called as \`${key}\` says. ${why}`,
    fix: () =>
      'A workflow has to be on the default branch with `workflow_dispatch` and every input that docs/coders.md lists, and the job needs `actions: write`; a comment, labels and agents as assignees need a token of a user or an App as the input `handoff-token`. The session waits for its coder meanwhile: call it by hand, or mend that and comment `/session retry`.',
  }),
  'writes-refused': message({
    says: ({ refused }: { readonly refused: readonly string[] }) =>
      `GitHub refused ${refused.length} of the run's small writes; the state has moved on. ${refused.join(' ')}`,
    fix: () =>
      `Look at what each names: a locked conversation, or a check of another app. "Resource not accessible by integration" is a token that may only read, as a run may get that Dependabot or an organization’s setting caused: give the job with \`mode: orchestrate\` ${PERMISSIONS} under \`permissions:\`. What is still due is written by the next run.`,
  }),
  'github-refused': message({
    says: ({ said }: Answer) => `GitHub refused a request. It says: ${said}`,
    fix: () =>
      'Compare the permissions of the workflow, and of the workflow that calls it, with those in docs/workflows.md; then run again.',
  }),
  'permission-missing': message({
    says: ({ said }: Answer) => `GitHub refused a request of this run. It says: ${said}`,
    fix: () =>
      `Give the job with \`mode: orchestrate\` ${PERMISSIONS} under \`permissions:\`, which also lifts the read-only token of a run that Dependabot caused; an organization may forbid it under Settings → Actions → General → Workflow permissions. A run for a fork’s \`pull_request\` event stays read-only: use \`pull_request_target\`. The next run takes up what this one left.`,
  }),
  'token-invalid': message({
    says: ({ said }: Answer) => `GitHub does not accept the token. It says: ${said}`,
    fix: () => 'Put a valid token into the input or the secret that it comes from, then run again.',
  }),
  'rate-limited': message({
    says: ({ said }: Answer) => `GitHub takes no more requests for now. It says: ${said}`,
    fix: () => 'Nothing is lost: the next event or sweep goes on. To go on sooner, run it again.',
  }),
  'rate-limit-too-long': message({
    says: ({ until }: { readonly until: string }) =>
      `GitHub takes no more requests until ${until}, which is longer than this run may wait.`,
    fix: () =>
      'Nothing is lost: the next event or sweep goes on with what is left. To go on sooner, run it again after that.',
  }),
  'answer-lost': message({
    says: ({ what }: { readonly what: string }) =>
      `GitHub gave no answer to ${what}; it may have been done or not.`,
    fix: () =>
      'Nothing to do: the run, or else the next one, reads what is there and goes on from it.',
  }),
  'github-unavailable': message({
    says: ({ said }: Answer) => `GitHub could not be asked. The last words: ${said}`,
    fix: () =>
      'Look at https://www.githubstatus.com and at the proxy of the runner; the next event or sweep goes on, or run it again.',
  }),
};
