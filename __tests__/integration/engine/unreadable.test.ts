import { afterEach, describe, expect, it } from '@jest/globals';
import { ProblemsError } from '../../../src/domain/errors.ts';
import { formatProblem } from '../../../src/domain/problem.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SCHEDULE } from '../../support/engine-run.ts';
import { configFile, PROMPTS, REPO, SHARED_TYPES, TYPES } from '../../support/engine-repository.ts';

const TEMPLATES = '.github/sessionwright/templates';
const HANDOFF = 'spec-pack/context-handoff/core.md';
const LATIN_1 = Buffer.from('# Handoff\n\ncafé\n', 'latin1');
const UTF_16 = Buffer.from('# Handoff\n', 'utf16le');

let engine: Engine;
afterEach(() => engine.close());

/** Commits files as the bytes they are. */
async function pushBytes(files: Readonly<Record<string, Buffer>>): Promise<void> {
  const { git } = engine.user('alice').rest;
  const tip = engine.repo.git.branch('main') ?? '';
  const tree = await Promise.all(
    Object.entries(files).map(async ([path, bytes]) => {
      const content = bytes.toString('base64');
      const { data } = await git.createBlob({ ...REPO, content, encoding: 'base64' });
      return { path, mode: '100644', type: 'blob', sha: data.sha } as const;
    }),
  );
  const made = await git.createTree({ ...REPO, base_tree: tip, tree });
  const change = { message: 'Change bytes', tree: made.data.sha, parents: [tip] };
  const { data } = await git.createCommit({ ...REPO, ...change });
  await git.updateRef({ ...REPO, ref: 'heads/main', sha: data.sha });
}

async function problems(dryRun: boolean): Promise<readonly string[]> {
  const thrown: unknown = await engine
    .orchestrate(SCHEDULE, { dryRun })
    .catch((one: unknown) => one);
  if (!(thrown instanceof ProblemsError)) throw new Error('Nothing was wrong.');
  return thrown.problems.map(formatProblem);
}

describe('files that cannot be read', () => {
  it('are all told at once, each by name with its cause, also by a dry run and beside a broken pack', async () => {
    engine = await startEngine();
    await pushBytes({
      [HANDOFF]: LATIN_1,
      'spec-pack/context-handoff/auth.md': UTF_16,
      [PROMPTS]: LATIN_1,
      [`${TEMPLATES}/dashboard.hbs`]: LATIN_1,
      [`${TEMPLATES}/escalation-issue.hbs`]: UTF_16,
      [`${TEMPLATES}/pull-request-body.hbs`]: Buffer.alloc(600_000, 'x'),
    });
    const told = await problems(true);
    expect(told).toEqual(await problems(false));
    for (const problem of [
      `${HANDOFF}:3: The file holds bytes that are not UTF-8. Fix: Save it as UTF-8 text.`,
      'spec-pack/context-handoff/auth.md: The file is binary or UTF-16',
      `${PROMPTS}:3: The file holds bytes that are not UTF-8.`,
      `${TEMPLATES}/dashboard.hbs:3: The file holds bytes that are not UTF-8.`,
      `${TEMPLATES}/escalation-issue.hbs: The file is binary or UTF-16`,
      `${TEMPLATES}/pull-request-body.hbs: The file has 600000 bytes`,
    ]) {
      expect(told).toContainEqual(expect.stringContaining(problem));
    }
  });

  it('are none where the sign for such bytes is in the text itself', async () => {
    engine = await startEngine({ files: { [HANDOFF]: 'It sends \uFFFD.\n' } });
    const { summary } = await engine.orchestrate(SCHEDULE);
    expect(summary).not.toContain(HANDOFF);
  });

  it('leave the format built in where they are an agent’s page, and say so', async () => {
    engine = await startEngine();
    await pushBytes({ 'coding-agent.md': UTF_16 });
    const { summary } = await engine.orchestrate(SCHEDULE);
    expect(summary).toContain(
      '| `coding-agent.md` | The file is binary or UTF-16, not UTF-8 text.',
    );
  });
});

describe('the requests that read the spec pack', () => {
  it('are three at most, though prompts and types are cut and the base is not the default branch', async () => {
    const padding = '// padding\n'.repeat(60_000);
    engine = await startEngine({
      config: configFile({ top: 'base: trunk\n' }),
      files: { 'coding-agent.md': '# Coding agent\n' },
    });
    await engine.push('trunk', {
      [TYPES]: `${SHARED_TYPES}${padding}`,
      [PROMPTS]: `# Prompts\n\n## Prompt 1: Core\n\n${padding}`,
      [`${TEMPLATES}/dashboard.hbs`]: '{{progress}}',
    });
    await engine.openIssue('Build core', ['session:core']);
    const [ran] = await engine.deliver();
    expect(await engine.file('session/core-1', 'orchestration-docs/session-core-1.md')).toContain(
      '(lines 1-3)',
    );
    const reads = (ran?.calls.slice(ran.planCalls) ?? []).filter(({ access }) => access === 'read');
    const ofPack = reads.filter(
      ({ path, body }) =>
        path.includes('/git/blobs/') || JSON.stringify(body ?? '').includes(TYPES),
    );
    expect(ofPack.map(({ kind }) => kind).toSorted()).toEqual(['graphql', 'rest', 'rest']);
  });
});
