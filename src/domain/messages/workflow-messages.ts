import { message, type NoData } from './message.ts';

/** What the workflow file hands to the action, and gets wrong. */
export const WORKFLOW_MESSAGES = {
  'unknown-mode': message({
    title: 'The input `mode` is none of ours',
    says: ({ asked, known }: { readonly asked: string; readonly known: readonly string[] }) =>
      `The input mode is "${asked}"; it must be one of ${known.join(', ')}.`,
    why: 'The step that uses the action has no `mode:`, or one with a typing error.',
    fix: () => 'Set `mode:` in the step that uses this action, as in the workflow of the README.',
    example: { asked: 'orchestrat', known: ['plan', 'verify', 'orchestrate'] },
  }),
  'token-missing': message({
    title: 'The step has no token',
    says: ({ mode }: { readonly mode: string }) => `mode: ${mode} needs the input github-token.`,
    why: 'The input was left out, or the secret it names does not exist here: a secret that is not there is an empty text. Fork and Dependabot pull requests get no secrets.',
    fix: () =>
      'Add `github-token: ${{ github.token }}` to the step; only mode: verify runs without a token.',
    example: { mode: 'orchestrate' },
  }),
  'dry-run-invalid': message({
    title: 'The input `dry-run` is neither true nor false',
    says: ({ given }: { readonly given: string }) =>
      `The input dry-run is "${given}"; it must be true or false.`,
    why: 'Taken for false, such a value would write; so it is refused.',
    fix: () => 'Write `dry-run: true` to see what would be done, or leave the input out.',
    example: { given: 'yes' },
  }),
  'plan-unreadable': message({
    title: 'The input `plan` is not a plan',
    says: (_: NoData) => 'The input plan is not what mode: plan handed on.',
    why: 'The output of the plan step was changed on its way, or another output was handed on in its place.',
    fix: () => "Hand the plan step's output on unchanged, as in the workflow of the README.",
    example: {},
  }),
  'unknown-workflow': message({
    title: 'It is not known which workflow to start',
    says: (_: NoData) =>
      'Commands are due, but GITHUB_WORKFLOW_REF does not tell which workflow to start for them.',
    why: 'The run that writes never runs commands: it starts the workflow that it runs in once more, by the name of its file.',
    fix: () => 'Run the action from a workflow file under .github/workflows.',
    example: {},
  }),
  'result-refused': message({
    title: 'What the verify job handed over was not used',
    says: ({ reason }: { readonly reason: string }) =>
      `The verify job's result was not used. ${reason}`,
    why: 'The result comes out of a job that ran the code of a session, so it counts only where its form, its size, its commit and its session are what the API and the plan name. Most often the session was pushed to in the meantime, or ended.',
    fix: () =>
      'Nothing, as a rule: the newest head is verified by its own run. `/session verify` asks for it once more.',
    example: { reason: 'It is of no session that runs.' },
  }),
};
