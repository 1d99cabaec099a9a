import { COMMAND_FIELDS, fieldsOf, HANDOFF_FIELDS } from './module-fields.ts';
import { BUILT_IN_TARGETS, DEFAULT_VERIFICATION } from './config-defaults.ts';
import type { Draft, DraftCommand } from './config-draft.ts';
import type { Path } from './config-lines.ts';
import type { Report } from './config-report.ts';
import { BUILT_IN_FAILURES } from './failure.ts';
import { describeCycle, findCycles } from './module-cycles.ts';
import { suggest } from './nearest.ts';
import { quoteValue } from './problem.ts';

/** What no command, failure type or target tells alone: ids used twice and names that lead nowhere. */
export function checkCommands(draft: Draft, report: Report): void {
  checkUnique('gates', draft.gates, report);
  checkUnique('verification', draft.verification, report);
  checkUnique('failures', draft.failures, report);
  checkGateFields(draft, report);
  checkVerification(draft, report);
  checkNeedCycles(draft, report);
  checkFailures(draft, report);
  checkFields(draft.handoffComment ?? '', ['handoff', 'comment'], HANDOFF_FIELDS, report);
}

function checkUnique(
  list: string,
  entries: readonly { readonly id: string | null }[],
  report: Report,
): void {
  const first = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    if (id === null) continue;
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, index);
      continue;
    }
    const lines = [earlier, index].map((place) => report.lineOf([list, place, 'id']));
    report.add(
      [list, index, 'id'],
      `The id ${quoteValue(id)} is there twice in "${list}", on lines ${lines.join(' and ')}.`,
      'Give one of the two another id.',
    );
  }
}

function checkGateFields(draft: Draft, report: Report): void {
  for (const [index, { run }] of draft.gates.entries()) {
    if (fieldsOf(run ?? '').length === 0) continue;
    report.add(
      ['gates', index, 'run'],
      'A gate runs once for all modules, so no field can be filled in.',
      'Take the {{…}} out, or make it a command of the verification.',
    );
  }
}

function checkVerification(draft: Draft, report: Report): void {
  const failures = new Set([
    ...BUILT_IN_FAILURES.map(({ id }) => id),
    ...draft.failures.flatMap(({ id }) => id ?? []),
  ]);
  const ids = new Set(draft.verification.flatMap(({ id }) => id ?? []));
  for (const [index, command] of draft.verification.entries()) {
    const { failure } = command;
    if (failure !== null && !failures.has(failure)) {
      const known = `Use one of ${[...failures].slice(0, 20).join(', ')}, or add it to \`failures\`.`;
      report.add(
        ['verification', index, 'failure'],
        `There is no failure type ${quoteValue(failure)}.`,
        () => suggest(failure, failures, known),
      );
    }
    checkFields(command.run ?? '', ['verification', index, 'run'], COMMAND_FIELDS, report);
    checkNeeds(index, command, ids, report);
  }
}

function checkNeeds(
  index: number,
  command: DraftCommand,
  ids: ReadonlySet<string>,
  report: Report,
): void {
  for (const [position, need] of command.needs.entries()) {
    const path = ['verification', index, 'needs', position];
    if (need === command.id) {
      report.add(
        path,
        `The command ${quoteValue(need)} needs itself.`,
        'Take it out of its own list.',
      );
    } else if (need !== '' && !ids.has(need)) {
      report.add(path, `There is no command ${quoteValue(need)} to need.`, () =>
        suggest(need, ids, 'Name the id of another command of the verification.'),
      );
    }
  }
}

function checkNeedCycles(draft: Draft, report: Report): void {
  const edges = new Map(draft.verification.map(({ id, needs }) => [id ?? '', needs]));
  for (const cycle of findCycles(edges)) {
    const [first, second] = cycle;
    if (first === second) continue;
    const index = draft.verification.findIndex(({ id }) => id === first);
    report.add(
      ['verification', index, 'needs'],
      `Commands need each other in a circle: ${describeCycle(cycle)}.`,
      'Take one of these needs out.',
    );
  }
}

function checkFailures(draft: Draft, report: Report): void {
  const targets = new Set([...BUILT_IN_TARGETS, ...draft.targets]);
  const builtIn = new Set(BUILT_IN_FAILURES.map(({ id }) => id));
  for (const [index, { id, action, target, commands }] of draft.failures.entries()) {
    if (id !== null && builtIn.has(id)) {
      const message = `The failure type ${quoteValue(id)} is built in.`;
      report.add(['failures', index, 'id'], message, 'Give yours another id.');
    }
    checkFailureCommands(index, commands, draft, report);
    if (target === null) continue;
    const path = ['failures', index, 'target'];
    if (!targets.has(target)) {
      report.add(path, `There is no escalation target ${quoteValue(target)}.`, () =>
        suggest(target, targets, 'Add it under `escalation`.'),
      );
    } else if (action !== null && action !== 'halt') {
      report.add(
        path,
        'Only a halt is escalated.',
        'Take the target out, or write `action: halt`.',
      );
    }
  }
}

/** Where the file gives no verification, its default is what runs. */
function checkFailureCommands(
  index: number,
  commands: readonly string[],
  { verification }: Draft,
  report: Report,
): void {
  const given = verification.length === 0 ? DEFAULT_VERIFICATION : verification;
  const ids = new Set(given.flatMap(({ id }) => id ?? []));
  for (const [position, id] of commands.entries()) {
    if (id === '' || ids.has(id)) continue;
    const path = ['failures', index, 'commands', position];
    report.add(path, `There is no command ${quoteValue(id)} in the verification.`, () =>
      suggest(id, ids, `Name one of ${[...ids].slice(0, 20).join(', ')}.`),
    );
  }
}

function checkFields(text: string, path: Path, known: readonly string[], report: Report): void {
  for (const field of new Set(fieldsOf(text))) {
    if (known.includes(field)) continue;
    const names = known.map((name) => `{{${name}}}`);
    const fix = `Use ${names.join(' or ')}, or write it in another way.`;
    if (field === 'module.name') {
      const why = 'A module’s name is free text, which a shell must not see.';
      report.add(path, why, `Use ${names.join(' or ')} in place of {{module.name}}.`);
      continue;
    }
    report.add(path, `There is no field ${quoteValue(field)} to fill in.`, fix);
  }
}
