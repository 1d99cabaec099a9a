import { readKnownDashboard, withoutTheirCommit, type NamingDashboard } from './dashboards.ts';
import { createStateStore } from './state-store.ts';
import { presentName, readStateText } from './ground.ts';
import { packLook } from './look.ts';
import { NOBODY, surveyConfigured } from './base.ts';
import type { Observer } from './observer.ts';
import { readRemains, type Markers } from './remains.ts';
import { readScene } from './scene.ts';
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
  /** The dashboards that were made from commits which the state branch does not hold. */
  readonly rewritten: readonly NamingDashboard[];
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
  const identity = {
    viewer: observer.author ?? data.viewer.login,
    former: config.trustedAuthors,
  };
  const hasIssues = data.repository?.hasIssuesEnabled ?? true;
  const stateText = await readStateText(client, name, survey);
  const known = await readKnownDashboard(client, name, packLook(config.paths, survey.baseSha), {
    text: hasIssues ? stateText : null,
    file: config.paths.state,
    identity,
  });
  const { remains, dashboards } = await readRemains({
    client,
    name,
    identity,
    hasIssues,
    known: known !== null && markers.isDashboard(known.body) ? known : null,
    baseBranch: config.base ?? defaultBranch,
    documents: config.paths.documents,
    markers,
  });
  return {
    config,
    stateText,
    revision: data.repository?.state?.target?.oid ?? null,
    remains,
    rewritten: await withoutTheirCommit(client, name, stateBranch, {
      dashboards,
      commitOf: markers.stateCommit,
    }),
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
