import { fine, unknown, wrong, type Finding, type Subject } from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { BranchFacts, BranchRule, RepositoryFacts } from '../../domain/repository-facts.ts';
import { ourWorkflowOf } from './ours.ts';

/** The App whose tokens jobs get, on github.com. */
const ACTIONS_APP = 15_368;

/**
 * Rules that a commit through the API cannot meet, by the words of the settings' page
 * (https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets).
 */
const BARRING: ReadonlyMap<string, string> = new Map([
  ['update', 'Restrict updates'],
  ['pull_request', 'Require a pull request before merging'],
  ['required_status_checks', 'Require status checks to pass'],
  ['merge_queue', 'Require merge queue'],
  ['required_deployments', 'Require deployments to succeed'],
  ['workflows', 'Require workflows to pass before merging'],
  ['code_scanning', 'Require code scanning results'],
  ['code_quality', 'Require code quality results'],
]);
const CREATION = ['creation', 'Restrict creations'] as const;

/** Rules that some commits meet and others do not; what they demand is not looked at. */
const DEMANDING: ReadonlySet<string> = new Set([
  'branch_name_pattern',
  'commit_author_email_pattern',
  'commit_message_pattern',
  'committer_email_pattern',
  'file_path_restriction',
]);

export function judgeStateBranch(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'state-branch',
    title: `Nothing bars the action from ${facts.state.name}`,
    link: manualPage('workflows.md#a-github-app'),
  };
  return judgeBranch(subject, facts, facts.state);
}

export function judgeSessionBranches(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'session-branches',
    title: 'Nothing bars the action and coders from session/*',
    link: manualPage('concepts.md'),
  };
  return judgeBranch(subject, facts, facts.session);
}

/** What surely bars is told before what may. */
function judgeBranch(subject: Subject, facts: RepositoryFacts, branch: BranchFacts): Finding {
  const about = { subject, facts, branch };
  const found = [judgeRules(about), judgeProtection(about)].filter((one) => one !== null);
  const [first] = [...found.filter(({ verdict }) => verdict === 'wrong'), ...found];
  if (first !== undefined) return first;
  const isSeen = branch.exists.known && branch.exists.value;
  return fine(
    subject,
    isSeen
      ? 'No ruleset and no branch protection rule does.'
      : 'No ruleset does; a branch protection rule shows only once the branch is there.',
  );
}

interface About {
  readonly subject: Subject;
  readonly facts: RepositoryFacts;
  readonly branch: BranchFacts;
}

/** Null where nothing of it bars. */
function judgeRules({ subject, facts, branch }: About): Finding | null {
  const { rules } = branch;
  if (!rules.known) return unknown(subject, rules.why, rules.would);
  const exempt = `Exclude ${placeOf(branch)} from the ruleset’s target branches, or put who writes on its bypass list: ${facts.url}/settings/rules`;
  const { surely, perhaps } = barsOf(barringRules(rules.value, branch), facts);
  if (surely.length > 0) return wrong(subject, `Rulesets ask: ${list(surely)}.`, exempt);
  if (perhaps.length > 0) {
    return unknown(
      subject,
      `Rulesets ask: ${list(perhaps)}; whether they let the action by is not seen.`,
      exempt,
    );
  }
  const demanding = rules.value.filter(({ type }) => DEMANDING.has(type)).map(wordsOf);
  return demanding.length === 0
    ? null
    : unknown(subject, `Rulesets ask: ${list(demanding)}.`, exempt);
}

/** Null where nothing of it bars. */
function judgeProtection({ subject, facts, branch }: About): Finding | null {
  const { protection } = branch;
  if (!protection.known) return unknown(subject, protection.why, protection.would);
  if (protection.value === null) return null;
  const settings = `${facts.url}/settings/branches`;
  const { demands } = protection.value;
  if (demands === null) {
    return unknown(
      subject,
      'A branch protection rule covers it; what it asks was not told.',
      `A token with administration: read, or the role admin, tells; or look there: ${settings}`,
    );
  }
  const narrow = `Narrow the rule’s pattern, so that it does not match ${placeOf(branch)}: ${settings}`;
  const { surely, perhaps } = barsOf(demands, facts);
  if (surely.length > 0) {
    return wrong(subject, `A branch protection rule asks: ${list(surely)}.`, narrow);
  }
  if (perhaps.length === 0) return null;
  return unknown(
    subject,
    `A branch protection rule asks: ${list(perhaps)}; whether it lets the action by is not seen.`,
    narrow,
  );
}

function placeOf({ name }: BranchFacts): string {
  return name.startsWith('session/') ? 'session/**' : name;
}

function barringRules(
  rules: readonly BranchRule[],
  { exists }: Pick<BranchFacts, 'exists'>,
): readonly Asked[] {
  const isThere = exists.known && exists.value;
  return rules
    .filter(({ type }) => BARRING.has(type) || (type === CREATION[0] && !isThere))
    .map((rule) => ({ asks: wordsOf(rule), bypassApps: rule.bypassApps }));
}

interface Asked {
  readonly asks: string;
  /** Null where that was not told. */
  readonly bypassApps: readonly number[] | null;
}

function barsOf(asked: readonly Asked[], facts: RepositoryFacts) {
  const words = (passing: boolean | null) =>
    asked.filter((one) => passes(one, facts) === passing).map(({ asks }) => asks);
  return { surely: words(false), perhaps: words(null) };
}

/** Whether who writes need not do what is asked; null where that is not known. */
function passes({ bypassApps }: Asked, facts: RepositoryFacts): boolean | null {
  if (bypassApps === null) return null;
  if (bypassApps.length === 0) return false;
  if (ourWorkflowOf(facts)?.ownToken === false) return null;
  const verdicts = bypassApps.map((app) => isActions(app, facts));
  if (verdicts.includes(true)) return true;
  return verdicts.includes(null) ? null : false;
}

/** Whether it is the App whose tokens jobs get; null on another server, where it has a number of its own. */
export function isActions(
  app: number,
  { server }: Pick<RepositoryFacts, 'server'>,
): boolean | null {
  return server.known && server.value.version === null ? app === ACTIONS_APP : null;
}

function wordsOf({ type }: BranchRule): string {
  const words = new Map<string, string>([...BARRING, CREATION]);
  return words.get(type) ?? type.replaceAll('_', ' ');
}

function list(words: readonly string[]): string {
  return [...new Set(words)].join(', ');
}
