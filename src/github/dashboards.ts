import { salvageState } from '../domain/state-file.ts';
import type { Client, RepositoryName } from './client.ts';
import type { Identity } from './conversations.ts';
import type { SceneLook } from './queries.ts';
import { readScene } from './scene.ts';
import { isAncestor } from './containment.ts';

/** A dashboard of ours, as it was found. */
export interface DashboardRemains {
  readonly number: number;
  readonly body: string;
}

/** One that names the commit of the state that it was made from. */
export interface NamingDashboard extends DashboardRemains {
  readonly commit: string;
}

/** The issue that a state, however broken, takes for the dashboard; null where that is none of ours. */
export async function readKnownDashboard(
  client: Client,
  name: RepositoryName,
  look: SceneLook,
  { text, file, identity }: { text: string | null; file: string; identity: Identity },
): Promise<DashboardRemains | null> {
  const salvaged = text === null ? null : salvageState(text, file);
  const number = salvaged?.ok === true ? salvaged.value.state.dashboard : null;
  if (number === null) return null;
  const scene = await readScene(client, name, { ...look, conversations: [number] }, identity);
  const issue = scene.conversations.get(number);
  return issue?.ours === true ? issue : null;
}

/** Those that name a commit which the branch does not hold, whoever added to it meanwhile. */
export async function withoutTheirCommit(
  client: Client,
  name: RepositoryName,
  branch: string,
  {
    dashboards,
    commitOf,
  }: {
    readonly dashboards: readonly DashboardRemains[];
    readonly commitOf: (body: string) => string | null;
  },
): Promise<readonly NamingDashboard[]> {
  const lacking: NamingDashboard[] = [];
  for (const { number, body } of dashboards) {
    const commit = commitOf(body);
    if (commit === null || (await isAncestor(client, name, commit, branch))) continue;
    lacking.push({ number, body, commit });
  }
  return lacking;
}
