import { deliverablesOf } from './domain/config.ts';
import type { Failure } from './domain/failure.ts';
import { entryOf } from './domain/implementation-state.ts';
import { sessionPaths } from './domain/session.ts';
import { bindResult, type PlannedRun, type VerificationResult } from './domain/verification.ts';
import type { Judgement, MergeGroup, PullRequest, World } from './domain/world.ts';
import type { ModuleConfig } from './domain/config.ts';
import { groupSessions } from './decide/group-sessions.ts';
import { plannedGates, plannedGroup, plannedVerification } from './decide/plan.ts';
import { classify } from './failures/classify.ts';
import { missingDeliverables, protocolViolations, tooManyFiles } from './failures/protocol.ts';
import { incompleteReport } from './failures/report.ts';
import { reportGaps } from './documents/report-gaps.ts';
import { readSpecNames } from './failures/spec-names.ts';
import type { Specification } from './failures/spec-names.ts';

type Unjudged = Omit<World, 'judgement'>;

/** The world with what the verify job handed over taken in, where it is bound to what the API names. */
export function judge(
  unjudged: Unjudged,
  result: VerificationResult | null,
): { readonly world: World; readonly refused: string | null } {
  const blank: World = { ...unjudged, gateResult: null, judgement: null };
  if (result === null) return { world: blank, refused: null };
  const planned = plannedFor(blank, result);
  if (planned === null) return { world: blank, refused: 'It is of no session that runs.' };
  const bound = bindResult(result, planned);
  if (!bound.ok) return { world: blank, refused: bound.reason };
  if (planned.kind === 'gates')
    return { world: { ...blank, gateResult: bound.value }, refused: null };
  if (planned.kind === 'group') {
    return { world: { ...blank, mergeGroup: judgeGroup(blank, bound.value) }, refused: null };
  }
  const judgement = judgeHead(blank, planned.module, bound.value);
  return { world: { ...blank, judgement }, refused: null };
}

/** Whether a result claims to be of that run. */
export function isResultOf(result: VerificationResult, run: PlannedRun): boolean {
  const module = run.kind === 'verification' ? run.module : null;
  return result.kind === run.kind && result.module === module && result.sha === run.sha;
}

function plannedFor(world: World, result: VerificationResult): PlannedRun | null {
  if (result.kind === 'gates') return plannedGates(world);
  if (result.kind === 'group') return plannedForGroup(world);
  const module = world.config.modules.get(result.module ?? '');
  const pull = world.pulls.get(result.module ?? '');
  return module === undefined || pull === undefined
    ? null
    : plannedVerification(world, module, pull);
}

function plannedForGroup(world: World): PlannedRun | null {
  const { mergeGroup: group, config, state } = world;
  if (group === null) return null;
  const modules = groupSessions(world, state, group).flatMap(
    ({ module }) => config.modules.get(module) ?? [],
  );
  return plannedGroup(world, group.headSha, modules);
}

/** By the commands alone: no type is missing for a group, whose sessions' specifications were judged at their heads. */
function judgeGroup(
  { mergeGroup: group, config, specPack }: World,
  result: VerificationResult,
): MergeGroup | null {
  if (group === null) return null;
  const sharedTypes = new Set(specPack.types.keys());
  const failures = classify({
    module: '',
    specification: { prompt: '', handoff: '', types: [] },
    known: { sharedTypes, built: new Set(), changedPaths: new Set(group.changed) },
    results: result.commands,
    added: config.failures,
  });
  return { ...group, result, failures };
}

function judgeHead(world: World, id: string, result: VerificationResult): Judgement | null {
  const module = world.config.modules.get(id);
  const pull = world.pulls.get(id);
  if (module === undefined || pull === undefined) return null;
  const failures = [
    ...classify({
      module: id,
      specification: specificationOf(world, module),
      known: {
        sharedTypes: new Set(world.specPack.types.keys()),
        built: namesBuilt(world),
        changedPaths: new Set(pull.files.map((file) => file.path)),
      },
      results: result.commands,
      added: world.config.failures,
    }),
    ...ruleFailures(world, module, pull),
  ];
  return { module: id, sha: result.sha, result, failures };
}

/** A class's interface goes by its name too, as the code-style reminders want it: `IPlexAuth`. */
function namesBuilt({ config, specPack }: World): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { className, prompt } of config.modules.values()) {
    names.add(className).add(`I${className}`);
    const text = specPack.prompts.get(prompt)?.text ?? '';
    for (const name of readSpecNames({ prompt: text, handoff: '', types: [] }).defined) {
      names.add(name);
    }
  }
  return names;
}

function specificationOf(world: World, module: ModuleConfig): Specification {
  return {
    prompt: world.specPack.prompts.get(module.prompt)?.text ?? '',
    handoff: world.specTexts.get(world.specPack.handoffs.get(module.id) ?? '') ?? '',
    types: module.types.map((name) => world.specPack.types.get(name)?.text ?? ''),
  };
}

/** What no command can tell: files that must be there, and files that must not be touched. */
function ruleFailures(world: World, module: ModuleConfig, pull: PullRequest): readonly Failure[] {
  const { config } = world;
  const { attempt } = entryOf(world.state, module.id).session;
  const paths = sessionPaths(module.id, attempt, config.paths.documents);
  const required = deliverablesOf(config, module).filter((one) => !one.optional);
  const missing = missingDeliverables(
    module.id,
    required.map((one) => one.path),
    pull.present,
  );
  const violations = protocolViolations(pull.files, {
    module: module.id,
    specPackPaths: [config.paths.prompts, config.paths.types, config.paths.handoffs],
    protectedPaths: config.protectedPaths,
    statePath: config.paths.state,
    ownClaim: paths.claim,
    ownReports: [paths.report, paths.escalationReport],
    ownDocument: paths.document,
    foreignEntries: pull.stateEdit?.foreign ?? [],
  });
  return [
    ...violations,
    ...(pull.filesComplete ? [] : [tooManyFiles(module.id)]),
    ...(missing === null ? [] : [missing]),
    ...reportFailures(world, module, pull),
  ];
}

/** The implementation report is a deliverable; a session that halts leaves an escalation report in its place. */
function reportFailures(
  world: World,
  { id }: ModuleConfig,
  { report, claim }: PullRequest,
): readonly Failure[] {
  if (claim?.kind === 'halt') return [];
  const { sessionId, session } = entryOf(world.state, id);
  const { attempt } = session;
  const format = world.reportFormats.implementation;
  const path = sessionPaths(id, attempt, world.config.paths.documents).report;
  const gaps = reportGaps(report, format, { module: id, sessionId, attempt });
  const failure = incompleteReport(id, path, format, gaps);
  return failure === null ? [] : [failure];
}
