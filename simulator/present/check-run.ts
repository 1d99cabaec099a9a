import type { Annotation, CheckRun, Repository } from '../model.ts';
import { nodeId } from '../world.ts';
import type { World } from '../world.ts';
import { presentApp } from './account.ts';
import type { Schemas } from './account.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

/** The open pull requests whose head the check run judges. */
function pullsAt(world: World, repo: Repository, sha: string): Schemas['pull-request-minimal'][] {
  const url = repositoryUrl(world, repo);
  const own = { id: repo.id, url, name: repo.name };
  const found: Schemas['pull-request-minimal'][] = [];
  for (const { pull, number, state } of repo.issues.values()) {
    if (pull === null || state === 'closed' || pull.headSha !== sha) continue;
    found.push({
      id: pull.id,
      number,
      url: `${url}/pulls/${String(number)}`,
      head: { ref: pull.headRef, sha: pull.headSha, repo: own },
      base: { ref: pull.baseRef, sha: pull.baseSha, repo: own },
    });
  }
  return found;
}

/** `stale` is only ever set by GitHub itself, and the published type of this answer leaves it out. */
function conclusionOf(run: CheckRun): Schemas['check-run']['conclusion'] {
  return run.conclusion === 'stale' ? null : run.conclusion;
}

export function presentCheckRun(
  world: World,
  repo: Repository,
  run: CheckRun,
): Schemas['check-run'] {
  const url = `${repositoryUrl(world, repo)}/check-runs/${String(run.id)}`;
  const page = `${repositoryPage(world, repo)}/runs/${String(run.id)}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? '',
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: conclusionOf(run),
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: presentApp(world, run.app),
    pull_requests: pullsAt(world, repo, run.headSha),
  };
}

export function presentAnnotation(
  world: World,
  repo: Repository,
  run: CheckRun,
  annotation: Annotation,
): Schemas['check-annotation'] {
  return {
    path: annotation.path,
    blob_href: `${repositoryPage(world, repo)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    start_column: annotation.startColumn,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
  };
}
