import { REPO } from '../../support/engine-repository.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { escalations } from '../../support/engine-story.ts';
import type { Engine } from '../../support/engine.ts';
import type { Scene } from './scenes.ts';

/** Whatever must not be once the runs are over, sweeps came and what they caused was told; nothing where all held. */
export async function harmOf(engine: Engine, scene: Scene): Promise<readonly string[]> {
  const { verify } = scene;
  await engine.run(SCHEDULE, { verify });
  await engine.deliver({ verify });
  const again = (await engine.run(SCHEDULE)).writes;
  const { data: pulls } = await engine.user('adam').rest.pulls.list({ ...REPO, state: 'all' });
  const issues = [...engine.repo.issues.values()].filter(
    (issue) => issue.pull === null && issue.author.login === 'github-actions[bot]',
  );
  const state = await engine.state();
  const log = await engine.log();
  const statuses = Object.fromEntries(
    Object.keys(scene.wanted).map((id) => [id, state[id]?.status]),
  );
  return [
    ...again.map((one) => `not quiet: ${one}`),
    ...twice(
      'pull request',
      pulls.map((pull) => pull.head.ref),
    ),
    ...twice(
      'issue',
      issues.map((issue) => issue.title),
    ),
    ...twice(
      'transition',
      log.filter((line) => /→|pull request #|dashboard:/u.test(line)),
    ),
    ...differs('lost transition', statuses, scene.wanted),
    ...differs('escalations', escalations(engine).length, scene.escalations),
  ];
}

/** Comments said again by runs that overlapped, which the workflow's concurrency group keeps from happening. */
export function repeatedComments(engine: Engine): number {
  const said = [...engine.repo.issues.values()].flatMap((issue) =>
    issue.comments.map((comment) => `#${String(issue.number)} ${comment.body}`),
  );
  return said.length - new Set(said).size;
}

function twice(what: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `double ${what}: ${name}`);
}

function differs(what: string, found: unknown, wanted: unknown): readonly string[] {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  return is === should ? [] : [`${what}: ${is} where ${should} should be`];
}
