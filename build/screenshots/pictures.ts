import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { OUR_LABEL, statusLabel } from '../../src/domain/labels.ts';
import { parseConversation, type Conversation } from './conversation.ts';
import { renderConversationPage, type Sight } from './conversation-page.ts';

export type Scheme = 'light' | 'dark';

/** One picture of the README: what is looked at, how far down, and by day alone or by night too. */
export interface Picture {
  readonly name: string;
  readonly height: number;
  readonly schemes: readonly Scheme[];
  readonly page: (demo: string) => Promise<string>;
}

const MERMAID = createRequire(import.meta.url)
  .resolve('mermaid')
  .replace(/mermaid\.core\.mjs$/u, 'mermaid.min.js');

const OURS = { name: OUR_LABEL, color: '5319e7' };

/** The conversations, in the order of the story. */
export const PICTURES: readonly Picture[] = [
  {
    name: 'gates',
    height: 420,
    schemes: ['light'],
    page: conversation(
      'requests',
      /^4\.md$/u,
      { upTo: 1 },
      {
        opened: 'maya',
        label: null,
        withoutBody: true,
      },
    ),
  },
  {
    name: 'session',
    height: 790,
    schemes: ['light'],
    page: conversation(
      'pull-requests',
      /-http-client-1\.md$/u,
      { upTo: 0, state: 'open' },
      {
        opened: 'github-actions[bot]',
        label: statusLabel('in-progress'),
        branch: 'session/http-client-1',
      },
    ),
  },
  {
    name: 'verification',
    height: 800,
    schemes: ['light'],
    page: conversation(
      'pull-requests',
      /-http-client-1\.md$/u,
      { upTo: 1, state: 'open' },
      {
        opened: 'github-actions[bot]',
        label: statusLabel('in-progress'),
        branch: 'session/http-client-1',
        withoutBody: true,
      },
    ),
  },
  {
    name: 'escalation',
    height: 900,
    schemes: ['light'],
    page: conversation(
      'escalations',
      /\.md$/u,
      { upTo: 0, state: 'open' },
      {
        opened: 'github-actions[bot]',
        label: OURS,
      },
    ),
  },
  { name: 'dashboard', height: 1000, schemes: ['light', 'dark'], page: dashboard },
];

interface Moment {
  /** The comments that were there. */
  readonly upTo: number;
  /** As it stood then, where that is not how it ended. */
  readonly state?: 'open';
}

function conversation(folder: string, file: RegExp, { upTo, state }: Moment, sight: Sight) {
  return async (demo: string): Promise<string> => {
    const name = (await readdir(path.join(demo, folder))).find((one) => file.test(one)) ?? '';
    const text = await readFile(path.join(demo, folder, name), 'utf8');
    const told = parseConversation(text, upTo);
    return pageOf({ ...told, state: state ?? told.state }, sight);
  };
}

async function dashboard(demo: string): Promise<string> {
  const [end, body] = await Promise.all(
    ['dashboard.md', 'dashboard-midway.md'].map((file) => readFile(path.join(demo, file), 'utf8')),
  );
  const told = parseConversation(end ?? '', 0);
  return pageOf({ ...told, body: body ?? '' }, { opened: 'github-actions[bot]', label: OURS });
}

function pageOf(told: Conversation, sight: Sight): string {
  return renderConversationPage(told, sight, pathToFileURL(MERMAID).href);
}
