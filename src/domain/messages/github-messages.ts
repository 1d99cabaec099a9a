import { message, type NoData } from './message.ts';

interface Answer {
  /** GitHub's own words. */
  readonly said: string;
}

/** What GitHub refuses, and what it takes to be let. */
export const GITHUB_MESSAGES = {
  'pull-requests-not-allowed': message({
    title: 'The token may not create pull requests',
    says: (_: NoData) => 'The token may not create pull requests.',
    why: 'A setting of the repository, of its organization or of its enterprise keeps GitHub Actions from creating pull requests, or the job lacks a permission. The branch was taken back and the attempt is not spent.',
    fix: () =>
      'Turn on Settings → Actions → General → Workflow permissions → "Allow GitHub Actions to create and approve pull requests", and give the job `pull-requests: write`; then ask for the module again.',
    example: {},
  }),
  'coder-not-called': message({
    title: 'The coder was not called',
    says: ({ key, why }: { readonly key: string; readonly why: string }) =>
      `The coder was not called as \`${key}\` says. ${why}`,
    why: 'GitHub refused the call for good: no such workflow or input, no permission, nobody of that name, or no `handoff-token`.',
    fix: () =>
      'A workflow has to be on the default branch with `workflow_dispatch` and every input that docs/coders.md lists, and the job needs `actions: write`; a comment and assignees need a token of a user or an App as the input `handoff-token`. The session waits for its coder meanwhile: call it by hand, or mend that and comment `/session retry`.',
    example: { key: 'handoff.workflow', why: 'GitHub says: Not Found' },
  }),
  'writes-refused': message({
    title: 'GitHub refused some small writes',
    says: ({ refused }: { readonly refused: readonly string[] }) =>
      `GitHub refused ${refused.length} of the run's small writes; the state has moved on. ${refused.join(' ')}`,
    why: 'Comments, labels, reactions and checks go out together, and one that is refused keeps neither the others nor the state from moving.',
    fix: () =>
      'Look at what each names: a locked conversation, a check of another app, a permission that the job lacks.',
    example: { refused: ['comment was refused: Conversation is locked'] },
  }),
  'github-refused': message({
    title: 'GitHub refused a request',
    says: ({ said }: Answer) => `GitHub refused a request. It says: ${said}`,
    why: '"Resource not accessible by integration" means that the token lacks a permission: the job does not grant it, the caller of a reusable workflow does not, or the event comes from a fork or Dependabot, whose tokens only read. "Not Found" is told as well where the token may not see what is there.',
    fix: () =>
      'Compare the permissions of the workflow, and of the workflow that calls it, with those in docs/workflows.md; then run again.',
    example: { said: 'Resource not accessible by integration' },
  }),
  'token-invalid': message({
    title: 'GitHub does not know the token',
    says: ({ said }: Answer) => `GitHub does not accept the token. It says: ${said}`,
    why: 'The token has expired, was revoked, or is not a token at all. A token of an App lasts an hour, that of a job as long as its job.',
    fix: () => 'Put a valid token into the input or the secret that it comes from, then run again.',
    example: { said: 'Bad credentials' },
  }),
  'rate-limited': message({
    title: 'GitHub asks to wait',
    says: ({ said }: Answer) => `GitHub takes no more requests for now. It says: ${said}`,
    why: 'All workflows of a repository share 1,000 requests an hour under the default token, and there are limits on how many comments, issues and pull requests may be made a minute. docs/performance.md tells what one run needs.',
    fix: () => 'Nothing is lost: the next event or sweep goes on. To go on sooner, run it again.',
    example: { said: 'API rate limit exceeded for installation ID 1.' },
  }),
  'github-unavailable': message({
    title: 'GitHub did not answer',
    says: ({ said }: Answer) => `GitHub could not be asked. The last words: ${said}`,
    why: 'An outage, or the runner cannot reach the API: a proxy, a firewall, a wrong `github-api-url`.',
    fix: () =>
      'Look at https://www.githubstatus.com and at the proxy of the runner; the next event or sweep goes on, or run it again.',
    example: { said: '502 Bad Gateway' },
  }),
};
