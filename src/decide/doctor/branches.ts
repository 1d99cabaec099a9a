import { fine, unknown, wrong, type Finding, type Subject } from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { BranchFacts, BranchRule, RepositoryFacts } from '../../domain/repository-facts.ts';
import { ourWorkflowOf } from './ours.ts';

/** The App whose tokens jobs get, on github.com. */
export const ACTIONS_APP = 15_368;

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

function judgeBranch(subject: Subject, facts: RepositoryFacts, branch: BranchFacts): Finding {
  const { rules, protection } = branch;
  const place = branch.name.startsWith('session/') ? 'session/**' : branch.name;
  const settings = `${facts.url}/settings/rules`;
  if (!rules.known) return unknown(subject, rules.why, rules.would);
  const exempt = `${settings}: exclude ${place} from the ruleset’s target branches, or put who writes on its bypass list.`;
  const barring = barringRules(rules.value, branch).filter((rule) => passes(rule, facts) !== true);
  const barred = barring.filter((rule) => passes(rule, facts) === false);
  if (barred.length > 0) return wrong(subject, `Rulesets ask: ${named(barred)}.`, exempt);
  const demands = protection.known ? protection.value?.demands : [];
  if (demands !== undefined && demands !== null && demands.length > 0) {
    return wrong(
      subject,
      `A branch protection rule asks: ${demands.join(', ')}.`,
      `${facts.url}/settings/branches: narrow the rule’s pattern, so that it does not match ${place}.`,
    );
  }
  if (barring.length > 0) {
    return unknown(
      subject,
      `Rulesets ask: ${named(barring)}; whom they let by was not told.`,
      exempt,
    );
  }
  const demanding = rules.value.filter(({ type }) => DEMANDING.has(type));
  if (demanding.length > 0) {
    return unknown(subject, `Rulesets ask: ${named(demanding)}.`, exempt);
  }
  if (!protection.known) return unknown(subject, protection.why, protection.would);
  if (protection.value?.demands === null) {
    return unknown(
      subject,
      'A branch protection rule covers it; what it asks was not told.',
      `A token with administration: read, or the role admin, tells; or look there: ${facts.url}/settings/branches`,
    );
  }
  return fine(subject, 'No ruleset and no branch protection rule does.');
}

function barringRules(
  rules: readonly BranchRule[],
  { exists }: Pick<BranchFacts, 'exists'>,
): readonly BranchRule[] {
  const isThere = exists.known && exists.value;
  return rules.filter(({ type }) => BARRING.has(type) || (type === CREATION[0] && !isThere));
}

/** Whether who writes is on the ruleset's bypass list; null where that is not known. */
function passes({ bypassApps }: BranchRule, facts: RepositoryFacts): boolean | null {
  if (bypassApps === null) return null;
  if (bypassApps.length === 0) return false;
  if (ourWorkflowOf(facts)?.ownToken === false) return null;
  return bypassApps.includes(ACTIONS_APP);
}

function named(rules: readonly BranchRule[]): string {
  const words = new Map<string, string>([...BARRING, CREATION]);
  return [...new Set(rules.map(({ type }) => words.get(type) ?? type.replaceAll('_', ' ')))].join(
    ', ',
  );
}
