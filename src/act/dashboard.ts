import { evaluateGates } from '../decide/gates.ts';
import { requestedModules } from '../decide/queue.ts';
import {
  DASHBOARD_TITLE,
  isDashboard,
  renderDashboard,
  type DashboardModule,
} from '../documents/dashboard.ts';
import type { ModuleConfig } from '../domain/config.ts';
import { failureTable } from '../domain/failure.ts';
import { unmetGates } from '../domain/gate.ts';
import { entryOf } from '../domain/implementation-state.ts';
import { OUR_LABEL } from '../domain/labels.ts';
import type { Stage } from './stage.ts';

/** Brings the dashboard to the state as it now is; a run that changed nothing writes nothing. */
export async function updateDashboard(stage: Stage): Promise<string | null> {
  const { world } = stage;
  if (!world.repository.hasIssues) return null;
  const body = renderDashboard({
    repositoryUrl: world.repository.url,
    stateBranch: stage.stateBranch,
    stateFile: world.config.paths.state,
    paused: world.config.paused,
    modules: [...world.config.modules.values()].map((module) => dashboardModule(stage, module)),
  });
  const { dashboard } = world;
  if (dashboard !== null) {
    if (dashboard.body !== body) stage.post({ kind: 'edit-issue', id: dashboard.id, body });
    return dashboard.url;
  }
  // Before the first request there is nothing to show.
  if (stage.state().entries.size === 0) return null;
  const issue = await stage.hub.ensureIssue({
    title: DASHBOARD_TITLE,
    body,
    labels: [OUR_LABEL],
    assignees: [],
    isIt: isDashboard,
  });
  await stage.commit({
    message: `dashboard: #${issue.number}`,
    changes: [{ kind: 'dashboard', number: issue.number }],
  });
  return issue.url;
}

function dashboardModule(stage: Stage, module: ModuleConfig): DashboardModule {
  const { world } = stage;
  const state = stage.state();
  const { status, session } = entryOf(state, module.id);
  const pending = status === 'pending';
  const unmet = pending ? unmetGates(evaluateGates(world, state, module)) : [];
  const place = requestedModules(world, state).findIndex((one) => one.id === module.id);
  return {
    id: module.id,
    name: module.name,
    status,
    dependsOn: module.dependsOn,
    requested: session.request !== null,
    ready: pending && unmet.every((gate) => gate.gate.startsWith('command:')),
    attempt: session.attempt,
    maxAttempts: session.maxAttempts,
    pullRequest: session.pullRequest,
    escalation: session.escalation,
    target:
      status === 'blocked' ? targetOf(stage, session.history.at(-1)?.failureType ?? null) : null,
    // What merely was not run on this commit yet says nothing to a reader, and would change with every push.
    unmet: unmet.filter((gate) => gate.verdict === 'failed'),
    queuePlace: place === -1 ? null : place + 1,
    note: null,
  };
}

function targetOf(stage: Stage, failureType: string | null): string {
  const row = failureTable(stage.world.config.failures).find((one) => one.id === failureType);
  return row?.target ?? 'planning-agent';
}
