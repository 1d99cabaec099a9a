import { attemptsLeft } from '../decide/attempts.ts';
import { evaluateGates } from '../decide/gates.ts';
import { orphanFacts } from '../decide/orphans.ts';
import { requestedModules } from '../decide/queue.ts';
import {
  DASHBOARD_TITLE,
  isDashboard,
  renderDashboard,
  saysTheSame,
  type DashboardModule,
} from '../documents/dashboard.ts';
import type { ModuleConfig } from '../domain/config.ts';
import { failureTable } from '../domain/failure.ts';
import { unmetGates, type GateVerdict } from '../domain/gate.ts';
import { entryOf, type ImplementationState } from '../domain/implementation-state.ts';
import { OUR_LABEL } from '../domain/labels.ts';
import { orphansOf } from '../domain/orphans.ts';
import type { World } from '../domain/world.ts';
import { ensureIssue } from './ensure-issue.ts';
import { ensureLabels } from './labels.ts';
import type { Stage } from './stage.ts';

/** Brings the dashboard to the state as it now is; a run that changed nothing writes nothing. */
export async function updateDashboard(stage: Stage): Promise<string | null> {
  const { world } = stage;
  if (!world.repository.hasIssues) return null;
  const view = {
    repositoryUrl: world.repository.url,
    stateBranch: stage.stateBranch,
    stateFile: world.config.paths.state,
    stateCommit: stage.revision(),
    criticalPath: world.graph.criticalPath(
      (id) => entryOf(stage.state(), id).status === 'complete',
    ),
    paused: world.config.paused,
    modules: dashboardModules(world, stage.state()),
    orphans: orphansOf(world.config, stage.state()).map(({ id }) =>
      orphanFacts(id, entryOf(stage.state(), id)),
    ),
  };
  const body = renderDashboard(view, stage.templates.dashboard);
  const { dashboard } = world;
  if (dashboard !== null) {
    if (!saysTheSame(dashboard.body, body))
      stage.post({ kind: 'edit-issue', id: dashboard.id, body });
    return dashboard.url;
  }
  // Before the first request there is nothing to show.
  if (stage.state().entries.size === 0) return null;
  await ensureLabels(stage, [OUR_LABEL]);
  const wanted = {
    title: DASHBOARD_TITLE,
    body,
    labels: [OUR_LABEL],
    assignees: [],
    isIt: isDashboard,
  };
  const issue = await ensureIssue(stage, wanted, 'of-another');
  await stage.commit({
    message: `dashboard: #${issue.number}`,
    changes: [{ kind: 'dashboard', number: issue.number }],
  });
  return issue.url;
}

/** Every module as the dashboard shows it; a place in the queue has only what nothing but capacity holds back. */
export function dashboardModules(
  world: World,
  state: ImplementationState,
): readonly DashboardModule[] {
  const queue = requestedModules(world, state)
    .filter((module) => unmetGates(evaluateGates(world, state, module)).length === 0)
    .map(({ id }) => id);
  return [...world.config.modules.values()].map((module) => {
    const place = queue.indexOf(module.id);
    const shown = dashboardModule(world, state, module);
    return { ...shown, queuePlace: place === -1 ? null : place + 1 };
  });
}

function dashboardModule(
  world: World,
  state: ImplementationState,
  module: ModuleConfig,
): Omit<DashboardModule, 'queuePlace'> {
  const { status, session } = entryOf(state, module.id);
  const pending = status === 'pending';
  const unmet = pending ? unmetGates(evaluateGates(world, state, module)) : [];
  const failureType = session.history.at(-1)?.failureType ?? null;
  return {
    id: module.id,
    name: module.name,
    status,
    dependsOn: module.dependsOn,
    requested: session.request !== null,
    ready: pending && unmet.every(isYetToRun),
    attempt: session.attempt,
    maxAttempts: session.maxAttempts,
    pullRequest: session.pullRequest,
    escalation: session.escalation,
    target: status === 'blocked' ? targetOf(world, failureType) : null,
    // What merely was not run on this commit yet says nothing to a reader, and would change with every push.
    unmet: unmet.filter((gate) => gate.verdict === 'failed'),
    note: noteOf(world, state, module),
  };
}

/** What a person decided past the protocol, where it still says something about how things are; and what asking comes to. */
function noteOf(world: World, state: ImplementationState, module: ModuleConfig): string | null {
  const entry = entryOf(state, module.id);
  const { status, session } = entry;
  const { ruling } = session;
  if (ruling?.kind === 'reopened' && status !== 'complete') {
    return `reopened by ${ruling.by}: ${ruling.reason}`;
  }
  if (status === 'pending' && session.request === null && attemptsLeft(entry, world.config) <= 0) {
    return 'all attempts are spent: asking again opens an escalation';
  }
  const below = world.graph.transitiveDependencies(module.id).filter((id) => {
    const entry = entryOf(state, id);
    return entry.session.ruling?.kind === 'reopened' && entry.status !== 'complete';
  });
  if (status !== 'pending' && below.length > 0) {
    return `rests on ${below.map((id) => `\`${id}\``).join(', ')}, which was reopened`;
  }
  return ruling?.kind === 'completed' && status === 'complete'
    ? `declared complete by ${ruling.by}: ${ruling.reason}`
    : null;
}

function isYetToRun({ gate, verdict }: GateVerdict): boolean {
  return verdict === 'unknown' && gate.startsWith('command:');
}

function targetOf(world: World, failureType: string | null): string {
  const row = failureTable(world.config.failures).find((one) => one.id === failureType);
  return row?.target ?? 'planning-agent';
}
