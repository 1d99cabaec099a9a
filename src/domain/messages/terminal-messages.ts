import { message, type NoData } from './message.ts';

interface NotReadable {
  readonly repository: string;
  readonly status: number;
  /** GitHub's own words. */
  readonly said: string;
}

/** What only the terminal tells. */
export const TERMINAL_MESSAGES = {
  usage: message({
    says: ({ what }: { readonly what: string; readonly instead: string }) => what,
    fix: ({ instead }) => instead,
  }),
  stopped: message({
    says: (_: NoData) => 'Stopped. What was not written yet is not written.',
    fix: () => 'Run init again: it keeps what is there.',
  }),
  'not-judged': message({
    says: ({ why }: { readonly why: string }) => `The result could not be judged. ${why}`.trimEnd(),
    fix: () => 'Run it again without changing the checkout meanwhile.',
  }),
  'not-readable': message({
    says: ({ repository, status, said }: NotReadable) =>
      status >= 500
        ? `GitHub gave no answer about ${repository}: ${said}`
        : `GitHub did not let ${repository} be looked at (${status}): ${said}`,
    fix: ({ status }) => {
      if (status === 401) return 'Set GITHUB_TOKEN or GH_TOKEN to a token that is still valid.';
      if (status === 429) return 'The limit of requests is reached: wait as long as GitHub asks.';
      if (status === 403 || status === 404) {
        return 'Check the name, and that the token may read contents, issues and pull requests there.';
      }
      return 'Check the network, and GITHUB_API_URL where that is set; then try again.';
    },
  }),
};
