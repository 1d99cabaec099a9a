import * as v from 'valibot';

import {
  DEFAULT_CODE_STYLE,
  DEFAULT_DELIVERABLES,
  DEFAULT_GATES,
  DEFAULT_PATHS,
  DEFAULT_VERIFICATION,
} from './config-defaults.ts';
import {
  branch,
  className,
  commandId,
  commandText,
  described,
  duration,
  environment,
  flag,
  githubLabel,
  line,
  listOf,
  login,
  team,
  MAPPING,
  moduleId,
  ownPath,
  repositoryPath,
  typeName,
  wholeNumber,
  workflowFile,
} from './config-values.ts';

const COMMAND_TIMEOUT = '10m';

/** As many results as the verify job can hand on. */
const COMMANDS_LIMIT = 256;

/** Windows has exit codes of 32 bits; elsewhere they end at 255. */
const MAX_EXIT_CODE = 0xffff_ffff;

/**
 * An hour less than the six after which GitHub ends a job, and with it all word of what it found
 * (https://docs.github.com/en/actions/reference/limits).
 */
const VERIFICATION_TIMEOUT = '5h';

const deliverable = v.strictObject({
  path: described(
    ownPath,
    'The file, relative to the root. `[module-name]` stands for the id, `[ModuleName]` for the class name.',
  ),
  comment: described(v.optional(line(200)), 'What the file is for.'),
  optional: described(v.optional(flag, false), 'True where a module may do without it.'),
});

const commandEntries = {
  id: described(commandId, 'Kebab-case, unique within its list.'),
  name: described(v.optional(line(100)), 'Shown to people; made from the id where left out.'),
  run: described(
    commandText,
    'The shell command. `{{module.id}}` and `{{module.className}}` are filled in.',
  ),
  timeout: described(
    v.optional(duration, COMMAND_TIMEOUT),
    'How long it may take, such as `90s` or `10m`.',
  ),
};

const gate = v.strictObject(commandEntries);

const command = v.strictObject({
  ...commandEntries,
  failure: described(commandId, 'The failure type a non-zero exit stands for.'),
  env: described(v.optional(environment, {}), 'Environment variables for this command.'),
  shell: described(v.optional(line(200)), 'The shell that runs it; the runner’s own by default.'),
  'working-directory': described(v.optional(repositoryPath), 'Relative to the root.'),
  needs: described(
    v.optional(listOf(commandId), []),
    'Ids of commands that must pass before this one runs.',
  ),
  parallel: described(
    v.optional(flag, true),
    'May run beside its neighbours, as many at once as the machine has processors; `false` gives it the machine to itself.',
  ),
  report: described(
    v.optional(repositoryPath),
    'A file that the command writes in its tool’s machine format, relative to the root; it is read in place of the output.',
  ),
  'allow-empty': described(
    v.optional(flag, false),
    'A run of zero tests passes. Otherwise it is a failure.',
  ),
});

/** What any line contains would tell nothing of a failure. */
const matchText = v.pipe(line(500), v.regex(/[^*\s]/, 'a text with more in it than `*`'));

const failure = v.strictObject({
  id: described(commandId, 'Kebab-case, and none of the built-in types.'),
  title: described(v.optional(line(100)), 'Shown in the table; made from the id where left out.'),
  indicator: described(line(200), 'How the failure shows, in words.'),
  instruction: described(v.optional(line(200)), 'What the coder is to do.'),
  action: described(
    v.picklist(['self-fix', 'halt', 'retry'], 'one of self-fix, halt and retry'),
    'Whether the coder mends it, must stop, or the command runs again.',
  ),
  target: described(
    v.optional(commandId),
    'Whom a halt is escalated to; planning-agent by default.',
  ),
  'exit-codes': described(
    v.optional(listOf(wholeNumber(1, MAX_EXIT_CODE)), []),
    'A command that exited with one of these shows it; one that a signal ended counts as exited with 128 and the signal’s number, as a shell tells it (SIGKILL: 137). All kinds that a row gives must hold: exit codes, commands and texts.',
  ),
  commands: described(
    v.optional(listOf(commandId), []),
    'Ids of verification commands, of which it must be one that failed. Given alone, the row stands for their own `failure`, after infrastructure and missing types.',
  ),
  matches: described(
    v.optional(listOf(matchText), []),
    'Texts, `*` for anything: a failed command shows it by one of them in a line of its messages or of the end of its output, where what the session’s own code prints counts as well. The first row with exit codes or texts that hold wins, before the built-in types.',
  ),
});

const escalationTarget = v.strictObject({
  labels: described(v.optional(listOf(githubLabel), []), 'Labels of its escalation issues.'),
  assignees: described(v.optional(listOf(login), []), 'Logins its escalation issues go to.'),
  team: described(
    v.optional(team),
    'A team that its escalation issues mention, since GitHub assigns none to a team.',
  ),
});

const handoff = v.strictObject({
  workflow: described(v.optional(workflowFile), 'A workflow to dispatch; the default token may.'),
  comment: described(
    v.optional(commandText),
    'A comment that calls the coder; `{{document}}` is filled in. Needs handoff-token.',
  ),
  assignees: described(
    v.optional(listOf(login), []),
    'Logins to assign the pull request to. An agent needs handoff-token.',
  ),
  labels: described(
    v.optional(listOf(githubLabel), []),
    'Labels to put on the pull request. Needs handoff-token.',
  ),
});

const paths = v.strictObject({
  prompts: described(v.optional(repositoryPath, DEFAULT_PATHS.prompts), 'Implementation prompts.'),
  types: described(v.optional(repositoryPath, DEFAULT_PATHS.types), 'Shared types.'),
  handoffs: described(v.optional(repositoryPath, DEFAULT_PATHS.handoffs), 'Context handoffs.'),
  documents: described(v.optional(ownPath, DEFAULT_PATHS.documents), 'Orchestration documents.'),
  state: described(v.optional(ownPath, DEFAULT_PATHS.state), 'The implementation state.'),
  'planning-agent': described(
    v.optional(repositoryPath, DEFAULT_PATHS.planningAgent),
    'The page with the format of escalation reports.',
  ),
  'coding-agent': described(
    v.optional(repositoryPath, DEFAULT_PATHS.codingAgent),
    'The page with the format of implementation reports.',
  ),
});

const moduleShape = v.strictObject({
  name: described(v.optional(line(100)), 'Shown to people; made from the id where left out.'),
  'class-name': described(v.optional(className), 'PascalCase; made from the id where left out.'),
  'depends-on': described(
    v.optional(listOf(moduleId), []),
    'Ids of modules that must be complete before this one starts.',
  ),
  prompt: described(wholeNumber(0, 999_999), 'The number of its implementation prompt.'),
  types: described(v.optional(listOf(typeName), []), 'Shared types that it uses.'),
  deliverables: described(
    v.optional(listOf(deliverable)),
    'The files to create, in place of those for all modules.',
  ),
});

/** The one definition of the config file: its shape, its defaults, its types and, from these, its JSON Schema. */
export const configSchema = v.strictObject({
  version: described(v.literal(1, 'the number 1'), 'The version of this file’s format.'),
  base: described(
    v.optional(branch),
    'The branch sessions start from; the default branch. Only the default branch’s config names it.',
  ),
  attempts: described(v.optional(wholeNumber(1, 100), 3), 'Attempts at a module.'),
  'parallel-sessions': described(v.optional(wholeNumber(1, 256), 4), 'Sessions open at once.'),
  'max-starts-per-run': described(v.optional(wholeNumber(1, 100), 8), 'Starts in one run.'),
  'auto-start': described(
    v.optional(flag, false),
    'Every ready module is requested by itself, once.',
  ),
  paused: described(v.optional(flag, false), 'Nothing starts.'),
  'self-fix-limit': described(
    v.optional(wholeNumber(1, 1000), 5),
    'Failed verifications within one session.',
  ),
  'session-timeout': described(v.optional(duration, '72h'), 'Counted from the last push.'),
  'verification-timeout': described(
    v.optional(duration, VERIFICATION_TIMEOUT),
    'How long the set-up and all commands of one run may take together.',
  ),
  retry: described(
    v.optional(v.picklist(['fresh', 'continue'], 'fresh or continue'), 'fresh'),
    'Whether an attempt starts from the base or from the last attempt’s head.',
  ),
  'on-unverified-merge': described(
    v.optional(v.picklist(['escalate', 'accept'], 'escalate or accept'), 'escalate'),
    'What a merge without a green verification does.',
  ),
  gates: described(
    v.optional(listOf(gate, 0, COMMANDS_LIMIT), DEFAULT_GATES),
    'Run once on each base commit.',
  ),
  verification: described(
    v.optional(listOf(command, 1, COMMANDS_LIMIT), DEFAULT_VERIFICATION),
    'Commands that all must pass on a session’s head.',
  ),
  failures: described(v.optional(listOf(failure), []), 'Failure types beside the built-in ones.'),
  deliverables: described(
    v.optional(listOf(deliverable), DEFAULT_DELIVERABLES),
    'The files every module creates.',
  ),
  'code-style': described(v.optional(listOf(line(500)), DEFAULT_CODE_STYLE), 'Reminders.'),
  'protected-paths': described(
    v.optional(listOf(repositoryPath), []),
    'Paths no session may change, beside the spec pack, .github/ and the state.',
  ),
  escalation: described(
    v.optional(v.record(commandId, escalationTarget, MAPPING), {}),
    'Whom escalations go to, by target.',
  ),
  handoff: described(v.optional(handoff, {}), 'How the coder is called.'),
  'allowed-bots': described(v.optional(listOf(login), []), 'Bots whose wishes count.'),
  'trusted-authors': described(v.optional(listOf(login), []), 'Our own former identities.'),
  paths: described(v.optional(paths, {}), 'Where things lie in the repository.'),
  modules: described(v.record(moduleId, moduleShape, MAPPING), 'The modules, by id.'),
});

/** The file as checked, with its defaults filled in. */
export type ConfigFile = v.InferOutput<typeof configSchema>;
