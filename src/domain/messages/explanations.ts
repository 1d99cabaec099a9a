import type { Problem } from '../problem.ts';
import type { MessageCode, MessageData } from './catalogue.ts';

/** What the manual and the summary of a failed run add to a message. */
export interface Explanation<Data> {
  /** A few words for a heading. */
  readonly title: string;
  /** How it comes about. */
  readonly why: string;
  /** What the manual shows the message with. */
  readonly example: Data;
}

const CONFIG = '.github/sessionwright.yml';

/** Apart from the messages, since only a failed run needs them: a message without its explanation does not compile. */
export const EXPLANATIONS: {
  readonly [Code in MessageCode]: Explanation<MessageData[Code]>;
} = {
  'unknown-mode': {
    title: 'The input `mode` is none of ours',
    why: 'The step that uses the action has no `mode:`, or one with a typing error.',
    example: { asked: 'orchestrat', known: ['plan', 'verify', 'orchestrate'] },
  },
  'token-missing': {
    title: 'The step has no token',
    why: 'The input was left out, or the secret it names does not exist here: a secret that is not there is an empty text. Fork and Dependabot pull requests get no secrets.',
    example: { mode: 'orchestrate' },
  },
  'dry-run-invalid': {
    title: 'The input `dry-run` is neither true nor false',
    why: 'Taken for false, such a value would write; so it is refused.',
    example: { given: 'yes' },
  },
  'plan-unreadable': {
    title: 'The input `plan` is not a plan',
    why: 'The output of the plan step was changed on its way, or another output was handed on in its place.',
    example: {},
  },
  'unknown-workflow': {
    title: 'It is not known which workflow to start',
    why: 'The run that writes never runs commands: it starts the workflow that it runs in once more, by the name of its file.',
    example: {},
  },
  'result-refused': {
    title: 'What the verify job handed over was not used',
    why: 'The result comes out of a job that ran the code of a session, so it counts only where its form, its size, its commit and its session are what the API and the plan name. Most often the session was pushed to in the meantime, or ended.',
    example: { reason: 'It is of no session that runs.' },
  },
  'repository-not-seen': {
    title: 'The repository cannot be seen',
    why: 'An event carries the name that the repository had then. GitHub leads a former name on to where the repository lies now, but only until another repository takes that name. A token of another repository sees nothing either.',
    example: { repository: 'acme/plex-client' },
  },
  'base-missing': {
    title: 'The base branch cannot be read',
    why: 'The repository has no commit yet, the branch that `base` in the config names was deleted or renamed, or the token may not read contents. Without `base` it is the default branch, whatever its name.',
    example: { rev: 'refs/heads/develop', repository: 'acme/plex-client' },
  },
  'repository-archived': {
    title: 'The repository is archived',
    why: 'Schedules and events may still come, but an archived repository takes no commit, comment or check.',
    example: { repository: 'acme/plex-client' },
  },
  'state-missing': {
    title: 'The state is gone',
    why: 'The branch was deleted, by hand or by a rule that cleans up branches. A new one would forget every attempt and start sessions twice, so none is made. The same is told where the action never ran, but branches or issues are named as ours are.',
    example: { file: 'implementation-state.json', branch: 'sessionwright-state' },
  },
  'state-moved': {
    title: 'Another run was faster',
    why: 'Two runs decided at the same time. The state is written only onto the commit that was read, so nothing is lost. As the end of a run it means that this happened eight times in a row.',
    example: { branch: 'sessionwright-state' },
  },
  'state-rewritten': {
    title: 'The state branch was rewritten',
    why: 'Each dashboard names, in a hidden line, the commit of the state that it was made from. That commit stays in the history of the branch, since runs only add to it. Where it is not there, somebody pushed with force, to an earlier state or to one of their own, or edited that line; going on would do things twice or believe what nobody verified. A run that merely read the branch too early reads it again, for half a minute, before it says so.',
    example: {
      branch: 'sessionwright-state',
      commit: '2f1c4b0d9e8a7f6c5b4a39281706f5e4d3c2b1a0',
      dashboard: 3,
    },
  },
  'foreign-branch': {
    title: 'A branch stands where the session should be',
    why: 'Somebody made a branch of that name beforehand, or pushed over it before its pull request was there. What others have committed is never overwritten.',
    example: { branch: 'session/plex-auth-1' },
  },
  'binary-file': {
    title: 'A text file is binary',
    why: 'The state file, or a template of the repository, was saved in an encoding that is not UTF-8, or something else was saved in its place. `git show <blob>` shows it.',
    example: { oid: '83baae6' },
  },
  'branch-changes-workflows': {
    title: 'A session that changes `.github/` is not started from its own branch',
    why: 'A run that is dispatched on a branch takes its workflow from there, so a session could write its own rules. What comes by an event of its pull request is judged all the same, by the rules of the base.',
    example: { module: 'plex-auth' },
  },
  'prompt-missing': {
    title: 'A prompt is gone',
    why: 'The session was begun and its prompt was taken out of the base before its document was written.',
    example: {
      module: 'plex-auth',
      prompt: 2,
      file: 'spec-pack/artifact-7-implementation-prompts.md',
    },
  },
  'several-errors': {
    title: 'More than one thing went wrong',
    why: 'What fails for one module does not keep the others from being done; at its end the run names all of it.',
    example: {
      errors: ['The branch session/plex-auth-1 is there already …', 'The coder was not called …'],
      fixes: ['What each of them says.'],
    },
  },
  'pull-requests-not-allowed': {
    title: 'The token may not create pull requests',
    why: 'A setting of the repository, of its organization or of its enterprise keeps GitHub Actions from creating pull requests, or the job lacks a permission. The branch was taken back and the attempt is not spent.',
    example: {},
  },
  'coder-not-called': {
    title: 'The coder was not called',
    why: 'GitHub refused the call for good: no such workflow or input, no permission, nobody of that name, or no `handoff-token`.',
    example: { key: 'handoff.workflow', why: 'GitHub says: Not Found' },
  },
  'writes-refused': {
    title: 'GitHub refused some small writes',
    why: 'Comments, labels, reactions and checks go out together, and one that is refused keeps neither the others nor the state from moving.',
    example: { refused: ['comment was refused: Conversation is locked'] },
  },
  'github-refused': {
    title: 'GitHub refused a request',
    why: 'Most often "Not Found", which GitHub also says where the token may not see what is there: a private repository, a branch, a workflow.',
    example: { said: 'Not Found' },
  },
  'permission-missing': {
    title: 'The token lacks a permission',
    why: '"Resource not accessible by integration" means that the job does not grant the permission, or that the caller of a reusable workflow does not, or that the event comes from a fork or Dependabot, whose tokens only read.',
    example: { said: 'Resource not accessible by integration. It takes issues=write.' },
  },
  'token-invalid': {
    title: 'GitHub does not know the token',
    why: 'The token has expired, was revoked, or is not a token at all. A token of an App lasts an hour, that of a job as long as its job.',
    example: { said: 'Bad credentials' },
  },
  'rate-limited': {
    title: 'GitHub asks to wait',
    why: 'All workflows of a repository share 1,000 requests an hour under the default token, and there are limits on how many comments, issues and pull requests may be made a minute. docs/performance.md tells what one run needs.',
    example: { said: 'API rate limit exceeded for installation ID 1.' },
  },
  'github-unavailable': {
    title: 'GitHub did not answer',
    why: 'An outage, or the runner cannot reach the API: a proxy, a firewall, a wrong `github-api-url`.',
    example: { said: '502 Bad Gateway' },
  },
  infrastructure: {
    title: 'A head could not be verified',
    why: 'A command was not found, the set-up script failed, the network or the machine gave up, or the verify job ended without a result. It says nothing of the code: no attempt is spent and nothing is counted. The head is run again twice by itself.',
    example: {},
  },
  unexpected: {
    title: 'Something went wrong that nobody foresaw',
    why: 'A defect of the action, or an answer that GitHub is not known to give. The state is whole all the same: it is written in single commits, and the next run goes on from the last.',
    example: { said: 'The gate on the prompt of plex-auth did not hold.' },
  },
  'config-missing': {
    title: 'There is no config',
    why: 'The config is looked for on the base branch at `.github/sessionwright.yml`, or where the input `config` says. A pull request that adds it does not count before it is merged.',
    example: exampleOf({
      code: 'config-empty',
      file: CONFIG,
      line: null,
      message: 'There is no config.',
      fix: 'Let `npx sessionwright init` write one, or start from the smallest: …',
    }),
  },
  'config-invalid': {
    title: 'The config cannot be used',
    why: 'Everything that is wrong with the config and the spec pack beside it is told at once. Nothing starts before it is mended, since half a config could start what nobody meant.',
    example: exampleOf({
      code: 'config-module',
      file: CONFIG,
      line: 9,
      message: '"plex-auth" depends on "event-emiter", which is no module.',
      fix: 'Did you mean "event-emitter"?',
    }),
  },
  'spec-pack-invalid': {
    title: 'The spec pack cannot be used',
    why: 'The prompts or the shared types cannot be relied on as a whole. What concerns single modules only holds back those.',
    example: exampleOf({
      code: 'pack-prompts',
      file: 'spec-pack/artifact-7-implementation-prompts.md',
      line: 80,
      message: 'Prompt 3 is there twice, on lines 40 and 80.',
      fix: 'Give one of the two another number.',
    }),
  },
  'templates-invalid': {
    title: 'Templates of the repository cannot be used',
    why: 'A file under `.github/sessionwright/templates/` has a mistake. Templates are tried out before anything is written; docs/templates.md lists what each may hold.',
    example: exampleOf({
      code: 'template-invalid',
      file: '.github/sessionwright/templates/dashboard.md',
      line: 3,
      message: '"progres" is not known.',
      fix: 'Did you mean "progress"?',
    }),
  },
  'state-unreadable': {
    title: 'The state cannot be read',
    why: 'The state file was edited by hand, or written by a newer release. State that cannot be read is never reset: that would forget what is running.',
    example: exampleOf({
      code: 'state-file',
      file: 'implementation-state.json',
      line: null,
      message: 'The implementation state has version 2; this release reads up to 1.',
      fix: 'Use the release of the action that wrote it, or a newer one.',
    }),
  },
  'template-failed': {
    title: 'A template cannot be filled in',
    why: 'The field has no value of that kind in this document, although it had one in the example that the template was tried out with.',
    example: {
      file: '.github/sessionwright/templates/dashboard.md',
      line: 3,
      name: 'progress',
      why: 'is not there',
    },
  },
  'template-too-long': {
    title: 'A template renders too much',
    why: 'A long text stands inside an `each` and is repeated for every item.',
    example: { file: '.github/sessionwright/templates/dashboard.md', limit: 1_048_576 },
  },
  'template-metadata': {
    title: 'A document would lack what is read back from it',
    why: 'The orchestration document is read again by later runs, which need its metadata table.',
    example: {
      file: '.github/sessionwright/templates/orchestration-document.md',
      gap: 'The table of metadata lacks the row "Module".',
      fix: 'Write that row as in docs/templates.md.',
    },
  },
  'state-not-written': {
    title: 'The state was not written',
    why: 'GitHub refused the commit on the state branch or could not be reached. What rests on a state that was not written is neither done nor acknowledged.',
    example: {
      transition: 'plex-auth: requested',
      said: 'Resource not accessible by integration',
      fix: 'Look at what GitHub says.',
    },
  },
  'rate-limit-too-long': {
    title: 'A rate limit lasts too long',
    why: 'The requests of an hour are used up, by this repository’s workflows together: 1,000 for the default token.',
    example: { until: '2026-01-12T10:30:00.000Z' },
  },
  'answer-lost': {
    title: 'An answer of GitHub’s was lost',
    why: 'The connection broke after a write was sent. It is not sent again blindly, since it may have been applied.',
    example: { what: 'POST /repos/{owner}/{repo}/pulls' },
  },
  usage: {
    title: 'A command of the terminal was called wrongly',
    why: 'An option or argument is not known, is missing, or has no such value.',
    example: {
      what: 'There is no module plex-aut.',
      instead: 'Name one of: plex-auth, plex-library.',
    },
  },
  stopped: {
    title: 'The questions of `init` were stopped',
    why: 'A question was left without an answer: Escape or Ctrl+C.',
    example: {},
  },
  'not-judged': {
    title: 'A verification in the terminal has no verdict',
    why: 'The checkout was at another commit when the commands were over than when they began.',
    example: { why: 'It is of another commit.' },
  },
  'not-readable': {
    title: 'The terminal cannot look at a repository',
    why: 'The name is misspelt, the token does not reach it, or the network does not.',
    example: { repository: 'octocat/plex', status: 404, said: 'Not Found' },
  },
};

function exampleOf(problem: Problem): { readonly problems: readonly Problem[] } {
  return { problems: [problem] };
}
