import { fine, judged, unknown, wrong, type Finding } from '../../domain/diagnosis.ts';
import { manualPage } from '../../domain/messages/manual.ts';
import type { RepositoryFacts } from '../../domain/repository-facts.ts';
import { ourWorkflowOf, withoutWorkflow } from './ours.ts';

/** Events of other branches than the default one find no workflow there. */
export function judgeWorkflow(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'workflow',
    title: 'The workflow is on the default branch',
    link: manualPage('workflows.md'),
  };
  return judged(subject, facts.workflows, ({ from }) => {
    const ours = ourWorkflowOf(facts);
    if (ours === null) {
      return wrong(
        subject,
        `No file under .github/workflows of the ${from} starts sessions.`,
        'npx sessionwright init writes .github/workflows/sessions.yml; commit it and merge it there.',
      );
    }
    const { path } = ours.workflow;
    if (from === 'default branch') return fine(subject, `It is ${path}.`);
    return unknown(
      subject,
      `${path} is in the checkout; whether it is on the default branch too is not known.`,
      'Push it there; with a token this looks.',
    );
  });
}

/** What each event is there for stands in docs/workflows.md; these are the ones whose lack is felt at once. */
const EVENTS = [
  'issues',
  'issue_comment',
  'pull_request_target',
  'push',
  'schedule',
  'workflow_dispatch',
];
const INPUTS = ['module', 'pull-request'];

export function judgeTriggers(facts: RepositoryFacts): Finding {
  const subject = {
    id: 'triggers',
    title: 'The workflow hears of everything',
    link: manualPage('workflows.md#what-starts-a-runner'),
  };
  const ours = ourWorkflowOf(facts);
  if (ours === null) return withoutWorkflow(subject);
  const { path, events, inputs } = ours.workflow;
  const missing = [
    ...EVENTS.filter((event) => !events.has(event)),
    ...INPUTS.filter((input) => !inputs.has(input)).map((input) => `input ${input}`),
  ];
  if (missing.length === 0) return fine(subject, 'No trigger is missing.');
  return wrong(
    subject,
    `${path} lacks under on: ${missing.join(', ')}.`,
    'Copy the on: of examples/workflows/sessions.yml.',
  );
}
