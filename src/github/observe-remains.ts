import { createStateStore } from './state-store.ts';
import { presentName, readStateText } from './ground.ts';
import { packLook } from './look.ts';
import { NOBODY, surveyConfigured } from './base.ts';
import type { Observer } from './observer.ts';
import { readRemains, type DashboardRemains, type Markers } from './remains.ts';
import { readScene } from './scene.ts';
import { holdsCommit } from './state-history.ts';
import type { Config } from '../domain/config.ts';
import { ProblemsError } from '../domain/errors.ts';
import type { Remains } from '../domain/remains.ts';
import { readSpecPack } from '../domain/read-spec.ts';
import type { SpecFingerprint } from '../domain/spec-pack.ts';

/** All that a repair goes by, and where it writes. */
export interface ObservedRemains {
  readonly config: Config;
  /** As it was found, however broken; null where it is gone. */
  readonly stateText: string | null;
  readonly revision: string | null;
  readonly remains: Remains;
  readonly store: ReturnType<typeof createStateStore>;
  /** The dashboard, where the state branch does not hold the commit that it was made from; null otherwise. */
  readonly rewritten: (DashboardRemains & { readonly commit: string }) | null;
  readonly editIssue: (number: number, body: string) => Promise<void>;
  /** What a module's specification hashed to on a commit of the base; null where that cannot be told. */
  readonly fingerprintAt: (module: string, sha: string) => Promise<SpecFingerprint | null>;
}

/** Looks at everything of ours, without needing a state that can be read. */
export async function observeRemains(
  observer: Observer,
  markers: Markers,
): Promise<ObservedRemains> {
  const { client, name, stateBranch } = observer;
  const { survey, config } = await surveyConfigured(observer);
  const { data, defaultBranch } = survey;
  const { remains, dashboard } = await readRemains({
    client,
    name,
    identity: {
      viewer: observer.author ?? data.viewer.login,
      former: config.trustedAuthors,
    },
    hasIssues: data.repository?.hasIssuesEnabled ?? true,
    baseBranch: config.base ?? defaultBranch,
    documents: config.paths.documents,
    markers,
  });
  const revision = data.repository?.state?.target?.oid ?? null;
  const commit = dashboard === null ? null : markers.stateCommit(dashboard.body);
  const isHeld =
    commit === null || (await holdsCommit(client, name, { tip: revision, recent: [] }, commit));
  return {
    config,
    stateText: await readStateText(client, name, survey),
    revision,
    remains,
    rewritten: dashboard === null || isHeld ? null : { ...dashboard, commit },
    editIssue: async (issue_number, body) => {
      await client.rest.issues.update({ ...presentName(survey, name), issue_number, body });
    },
    store: createStateStore({
      client,
      name: presentName(survey, name),
      branch: stateBranch,
      file: config.paths.state,
    }),
    fingerprintAt: async (module, sha) => {
      const scene = await readScene(client, name, packLook(config.paths, sha), NOBODY);
      const file = { path: observer.configPath, content: survey.config };
      try {
        const { spec } = await readSpecPack(file, scene, observer.pack);
        return spec.fingerprints.get(module) ?? null;
      } catch (error) {
        // The pack of that time may have been unusable by the rules of now.
        if (error instanceof ProblemsError) return null;
        throw error;
      }
    },
  };
}
