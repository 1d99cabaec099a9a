import type { orchestrationDocumentFields } from '../orchestration-document.ts';
import { rows, text, texts, type FieldsOf } from './field.ts';

/** What the orchestration document's template is handed. */
export type OrchestrationDocumentFields = ReturnType<typeof orchestrationDocumentFields>;

export const ORCHESTRATION_DOCUMENT_FIELDS = {
  name: text('The module’s name.', 'Plex Authentication'),
  moduleId: text('The module’s id.', 'plex-auth'),
  className: text('The module’s class name.', 'PlexAuth'),
  sessionId: text('The session’s UUID.', '550e8400-e29b-41d4-a716-446655440000'),
  startedAt: text('When the session started, as ISO 8601.', '2026-01-12T09:30:00.000Z'),
  attempt: text('Which attempt this is.', '2'),
  maxAttempts: text('How many attempts there may be.', '3'),
  plannerVersion: text('The version of Sessionwright.', '1.0.0'),
  dependencies: rows('What the module depends on.', {
    module: text('The dependency’s id.', 'event-emitter'),
    status: text('Its status in the state file.', 'complete'),
    mark: text('Whether its gate passed.', '✅'),
  }),
  gates: rows('Every gate that was looked at.', {
    mark: text('What stands in the check box: an x or a space.', 'x'),
    text: text('What is checked and, where it did not pass, why.', 'Context handoff accessible'),
  }),
  promptNumber: text('The number of the module’s prompt.', '3'),
  promptLocation: text(
    'Links to the prompt’s section: beside the document, and on the base commit.',
    '[`prompts.md#prompt-3`](../spec-pack/prompts.md#prompt-3)',
  ),
  handoffLocation: text(
    'Links to the context handoff.',
    '[`plex-auth.md`](../spec-pack/context-handoff/plex-auth.md)',
  ),
  typesLocation: text(
    'Links to the shared types: the file, and each declared type’s lines.',
    '[`types.ts`](../spec-pack/types.ts)',
  ),
  typesLines: text(
    'The lines of the declared types in parentheses, with a space before; empty where the module declares none.',
    ' (lines 262-334)',
  ),
  typesRanges: text('The same lines alone, or `none`.', '262-334'),
  attempts: rows('The earlier attempts, oldest first.', {
    attempt: text('The attempt’s number.', '1'),
    outcome: text('How it ended.', 'halted'),
    issue: text('What was wrong.', 'Missing type: PlexPin'),
    resolution: text('What was decided or learnt.', 'PlexPin was added'),
  }),
  blockers: texts('What was cleared since the last attempt.', 'Escalation 41, resolved'),
  specChanges: texts('What changed in the specification since.', 'Shared type PlexPin added'),
  commands: text('The verification protocol, as a block of code.', '```bash\nnpm test\n```'),
  failures: rows('The failure table.', {
    title: text('The failure type.', 'Type error'),
    indicator: text('How it shows.', '`tsc` fails'),
    action: text('What to do.', 'Fix type mismatch'),
    target: text('Whom it goes to.', 'Self-fix'),
  }),
  failureTypes: text('The ids of the failure types that halt a session.', '`missing-type`'),
  haltEntry: text(
    'The claim that halts the session, as a block of code indented by three spaces.',
    '   ```json\n   {}\n   ```',
  ),
  haltNote: text('Where that claim goes.', 'Put this entry into the claim file.'),
  doneEntry: text(
    'The claim that the work is done, as a block of code indented by three spaces.',
    '   ```json\n   {}\n   ```',
  ),
  doneNote: text('Where that claim goes.', 'This entry too goes into the claim file.'),
  claimPath: text('The session’s claim file.', '`orchestration-docs/claims/plex-auth-2.json`'),
  reportPath: text(
    'The session’s implementation report.',
    '`orchestration-docs/reports/plex-auth-2.md`',
  ),
  escalationReportPath: text(
    'The session’s escalation report.',
    '`orchestration-docs/reports/plex-auth-2-escalation.md`',
  ),
  planningAgentPath: text('The page with the escalation format, as code.', '`planning-agent.md`'),
  codingAgentPath: text('The page with the report’s format, as code.', '`coding-agent.md`'),
  stateBranch: text('The branch of the state file.', '`sessionwright-state`'),
  filesToCreate: text(
    'The files to create, drawn as a tree in a block of code.',
    '```text\nsrc/\n└── index.ts\n```',
  ),
  codeStyle: texts('The code style reminders.', 'JSDoc on all public methods'),
} as const satisfies FieldsOf<OrchestrationDocumentFields>;
