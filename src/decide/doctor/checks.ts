import { VERIFICATION_CHECK } from '../../domain/checks.ts';
import { fine, unknown, wrong, type Finding, type Told } from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { BranchFacts, RepositoryFacts, RequiredCheck } from '../../domain/repository-facts.ts';
import { isActions } from './branches.ts';
import { ourWorkflowOf } from './ours.ts';

export function judgeRequiredCheck(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'required-check',
    title: `${VERIFICATION_CHECK} is required on ${facts.base.name}`,
    link: manualPage(
      'troubleshooting.md#the-check-stays-expected--waiting-for-status-to-be-reported',
    ),
  };
  const require = `In a ruleset for ${facts.base.name}, "Require status checks to pass" → ${VERIFICATION_CHECK}, from GitHub Actions; a private repository takes a paid plan for it: ${facts.url}/settings/rules`;
  const told = requiredChecks(facts.base);
  if (!told.known) return unknown(subject, told.why, told.would);
  const { checks, isWhole } = told.value;
  const own = checks.filter(({ context }) => context === VERIFICATION_CHECK);
  const others = checks.filter(({ context }) => context !== VERIFICATION_CHECK);
  if (own.length === 0) {
    return isWhole
      ? wrong(subject, 'A session could be merged that is not verified.', require)
      : unknown(subject, 'No ruleset requires it; a branch protection rule may.', require);
  }
  const stranger = fromStranger(own, facts);
  if (stranger === true) {
    return wrong(subject, 'It is required from another App than GitHub Actions.', require);
  }
  if (stranger === null) {
    const says = 'It is required from one App; whether that is GitHub Actions here is not seen.';
    return unknown(subject, says, require);
  }
  if (others.length === 0) return fine(subject, 'It is the only one.');
  const names = others.map(({ context }) => context).join(', ');
  return fine(subject, `Others, which run with the coder’s first push and not before: ${names}.`);
}

/** Whether one has to come from an App that does not write it; null where that is not known. */
function fromStranger(own: readonly RequiredCheck[], facts: RepositoryFacts): boolean | null {
  if (ourWorkflowOf(facts)?.ownToken === false) return false;
  const verdicts = own.map(({ app }) => app === null || isActions(app, facts));
  if (verdicts.includes(false)) return true;
  return verdicts.includes(null) ? null : false;
}

interface Required {
  readonly checks: readonly RequiredCheck[];
  /** Whether nothing but these can be required. */
  readonly isWhole: boolean;
}

function requiredChecks({ rules, protection }: BranchFacts): Told<Required> {
  if (!rules.known) return rules;
  const byRules = rules.value.flatMap(({ checks }) => checks);
  const byProtection = protection.known ? (protection.value?.checks ?? []) : [];
  return {
    known: true,
    value: { checks: [...byRules, ...byProtection], isWhole: protection.known },
  };
}

/** A queue asks for checks of its groups by an event of their own. */
export function judgeMergeQueue(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'merge-queue',
    title: 'Merge groups get the check, should there be a queue',
    link: manualPage('workflows.md#merge-queues'),
  };
  const { rules } = facts.base;
  if (!rules.known) return unknown(subject, rules.why, rules.would);
  if (!rules.value.some(({ type }) => type === 'merge_queue')) {
    return fine(subject, `No ruleset has a queue for ${facts.base.name}.`);
  }
  const ours = ourWorkflowOf(facts);
  if (ours === null)
    return unknown(subject, 'There is a queue.', 'It shows once the workflow is there.');
  const { path, events } = ours.workflow;
  if (events.has('merge_group')) return fine(subject, `There is one, and ${path} hears of groups.`);
  return wrong(
    subject,
    `There is a queue, and ${path} does not hear of its groups: none would ever be merged.`,
    `In ${path}, under on: add merge_group: { types: [checks_requested] }.`,
  );
}
