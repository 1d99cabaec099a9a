import { message, type NoData } from './message.ts';

/** What the workflow file hands to the action, and gets wrong. */
export const WORKFLOW_MESSAGES = {
  'unknown-mode': message({
    says: ({ asked, known }: { readonly asked: string; readonly known: readonly string[] }) =>
      `The input mode is "${asked}"; it must be one of ${known.join(', ')}.`,
    fix: () => 'Set `mode:` in the step that uses this action, as in the workflow of the README.',
  }),
  'token-missing': message({
    says: ({ mode }: { readonly mode: string }) => `mode: ${mode} needs the input github-token.`,
    fix: () =>
      'Add `github-token: ${{ github.token }}` to the step; only mode: verify runs without a token.',
  }),
  'dry-run-invalid': message({
    says: ({ given }: { readonly given: string }) =>
      `The input dry-run is "${given}"; it must be true or false.`,
    fix: () => 'Write `dry-run: true` to see what would be done, or leave the input out.',
  }),
  'plan-unreadable': message({
    says: (_: NoData) => 'The input plan is not what mode: plan handed on.',
    fix: () => "Hand the plan step's output on unchanged, as in the workflow of the README.",
  }),
  'unknown-workflow': message({
    says: (_: NoData) =>
      'Commands are due, but GITHUB_WORKFLOW_REF does not tell which workflow to start for them.',
    fix: () => 'Run the action from a workflow file under .github/workflows.',
  }),
  'result-refused': message({
    says: ({ reason }: { readonly reason: string }) =>
      `The verify job's result was not used. ${reason}`,
    fix: () =>
      'Nothing, as a rule: the newest head is verified by its own run. `/session verify` asks for it once more.',
  }),
};
