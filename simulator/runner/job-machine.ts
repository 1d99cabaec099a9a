import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Permissions } from '../ports.ts';
import { createMasker } from './masks.ts';
import { jobPermissions } from './permissions.ts';
import { killGroups } from './processes.ts';
import type { JobContext, JobDirectories, JobPlan } from './run-context.ts';

/** A fresh machine for a job: empty directories, the event's file and a token of its own. */
export interface JobMachine {
  readonly job: JobContext;
  readonly permissions: Permissions;
  /** Ends what the job left running, revokes its token and removes its directories. */
  dispose(): Promise<void>;
}

export async function setUpMachine(plan: JobPlan, cancelled: AbortSignal): Promise<JobMachine> {
  const { run, spec } = plan;
  const { repository } = run.event;
  const directories = await makeDirectories(plan);
  const eventPath = path.join(directories.temp, '_github_workflow', 'event.json');
  await mkdir(path.dirname(eventPath), { recursive: true });
  await writeFile(eventPath, `${JSON.stringify(run.event.payload, null, 2)}\n`);
  const { workflow, trusted, ceiling } = run;
  const permissions = jobPermissions(workflow.permissions, spec.permissions, trusted, ceiling);
  const minted = run.host.mintJobToken(repository, permissions);
  const job: JobContext = {
    ...plan,
    token: minted.token,
    directories,
    eventPath,
    masker: maskerFor(run.trusted ? run.secrets : {}, minted.token),
    env: new Map(),
    path: [],
    steps: new Map(),
    processGroups: new Set(),
    cancelled,
    failed: false,
  };
  return {
    job,
    permissions,
    async dispose() {
      killGroups(job.processGroups);
      minted.revoke();
      await rm(directories.root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function makeDirectories(plan: JobPlan): Promise<JobDirectories> {
  const { settings, record, event } = plan.run;
  const name = event.repository.split('/')[1] ?? event.repository;
  const root = path.join(settings.workRoot, 'runs', String(record.run.id), String(plan.record.id));
  const directories = {
    root,
    workspace: path.join(root, name, name),
    temp: path.join(root, '_temp'),
    toolCache: path.join(root, '_tool'),
    home: path.join(root, 'home'),
  };
  await Promise.all(Object.values(directories).map((one) => mkdir(one, { recursive: true })));
  return directories;
}

function maskerFor(secrets: Readonly<Record<string, string>>, token: string) {
  const masker = createMasker();
  for (const secret of [...Object.values(secrets), token]) masker.add(secret);
  return masker;
}
