import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProblemsError } from '../../../src/domain/errors.ts';
import { startEngine, type Engine } from '../../support/engine.ts';
import { SHARED_TYPES, TYPES } from '../../support/engine-repository.ts';
import { begin, refsOf } from '../../support/engine-story.ts';

const FOLDER = '.github/sessionwright/templates';
const DOCUMENT = 'orchestration-docs/session-core-1.md';

const REFERENCE = path.resolve(import.meta.dirname, '../../fixtures/orchestration-template.md');

/** A document without what differs between any two sessions. */
function blurred(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gu, 'UUID')
    .replaceAll(/\b[0-9a-f]{7,40}\b/gu, 'SHA')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, 'TIME')
    .replaceAll(/127\.0\.0\.1:\d+/gu, 'HOST');
}

async function documentOf(engine: Engine): Promise<string> {
  const { branch } = await begin(engine, 'core');
  return (await engine.file(branch, DOCUMENT)) ?? '';
}

describe('a user’s own templates on the base branch', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('render what they override: the reference, dropped in, gives the document we give', async () => {
    engine = await startEngine();
    const ours = blurred(await documentOf(engine));
    await engine.close();
    const reference = await readFile(REFERENCE, 'utf8');
    engine = await startEngine({ files: { [`${FOLDER}/orchestration-template.md`]: reference } });
    expect(blurred(await documentOf(engine))).toBe(ours);
  });

  it('leave the other documents as they are', async () => {
    const own = 'Work on {{name}} here: {{documentLink}}';
    engine = await startEngine({ files: { [`${FOLDER}/pull-request-body.hbs`]: own } });
    const { pull, branch } = await begin(engine, 'core');
    expect(engine.issue(pull).body).toMatch(/^Work on Core here: \[`orchestration-docs/u);
    expect(await engine.file(branch, DOCUMENT)).toContain('# Coding Session: Core');
  });

  it('change nothing where one of them cannot be used, and every problem names file and line', async () => {
    const files = {
      [`${FOLDER}/orchestration-document.hbs`]: '# {{name}}\n\n{{nmae}}\n',
      [`${FOLDER}/dashbord.hbs`]: '',
    };
    engine = await startEngine({ files });
    const before = refsOf(engine);
    await engine.openIssue('Build core', ['session:core']);
    const error = await engine.deliver().catch((thrown: unknown) => thrown);
    if (!(error instanceof ProblemsError)) throw new Error('Nothing was wrong.');
    expect(error.message).toContain(`${FOLDER}/orchestration-document.hbs:3`);
    expect(error.message).toContain('nmae');
    expect(error.message).toContain('dashbord.hbs');
    expect(refsOf(engine)).toEqual(before);
  });

  it('are read, as is the whole spec pack, with three requests at most, however much there is', async () => {
    const types = Array.from({ length: 300 }, (_, at) => `export interface IType${at} {}\n`);
    engine = await startEngine({
      files: {
        [TYPES]: `${SHARED_TYPES}${types.join('')}`,
        [`${FOLDER}/pull-request-body.hbs`]: 'Work on {{name}} here: {{documentLink}}',
        [`${FOLDER}/dashboard.hbs`]: '{{progress}}',
        'coding-agent.md': '# Coding agent\n',
      },
    });
    await engine.openIssue('Build core', ['session:core']);
    const [ran] = await engine.deliver();
    const calls = ran?.calls.slice(ran.planCalls) ?? [];
    const firstWrite = calls.findIndex((call) => call.access === 'write');
    expect(firstWrite).toBeGreaterThan(0);
    expect(calls.slice(0, firstWrite).length).toBeLessThanOrEqual(3);
    const reads = calls.filter((call) => call.access === 'read');
    const asking = reads.filter((call) => JSON.stringify(call.body ?? '').includes(TYPES));
    expect(asking).toHaveLength(1);
  });

  it('say nothing of a pull request’s own copies: only the base’s count', async () => {
    engine = await startEngine();
    const core = await begin(engine, 'core');
    await engine.push(core.branch, { [`${FOLDER}/pull-request-body.hbs`]: '{{nothing}}' });
    await engine.deliver();
    expect((await engine.state())['core']?.status).toBe('in-progress');
  });
});
