import { readFileSync } from 'node:fs';
import { loadStory, readStoryFiles } from '../../examples/plex-client-coder/story.ts';
import type { TextFile } from '../../simulator/demo/git.ts';
import type { SessionPull } from '../../simulator/demo/read.ts';
import { escalationFiles } from './escalation-files.ts';

/** What a coder pushes to a session of the example, to provoke one failure on purpose. */
export interface Provocation {
  readonly module: string;
  readonly message: string;
  readonly files: (session: SessionPull) => readonly TextFile[];
}

const EXAMPLE = new URL('../../examples/plex-client/', import.meta.url);
const CONFIG = '.github/sessionwright.yml';
const STATE = 'implementation-state.json';
const TYPES = 'spec-pack/artifact-2-shared-types.ts';
const PLAYBACK = 'src/modules/playback-session';

/** The modules that the others stand on: built before Sessionwright came. */
const BUILT = ['event-emitter', 'http-client', 'plex-auth'];

/** Whom the owner wants escalations to go to. */
const ESCALATION = `
escalation:
  planning-agent: { labels: [spec-pack], assignees: [planner] }
  phase-1-review: { labels: [phase-1], assignees: [maya] }
`;

const story = loadStory();

/** Pushes that each show one failure and nothing else; those of a module follow each other in this order. */
export const PROVOCATIONS = {
  'wrong-type': {
    module: 'playback-session',
    message: 'feat(playback-session): follow one player',
    files: (session) =>
      edit(solution(session), `${PLAYBACK}/PlaybackSession.ts`, {
        from: 'at: this._options.clock.now() }',
        to: 'at: new Date(this._options.clock.now()) }',
      }),
  },
  'no-comment': {
    module: 'playback-session',
    message: 'fix(playback-session): keep the time a number',
    files: (session) =>
      edit(solution(session), `${PLAYBACK}/PlaybackSession.ts`, {
        from: '  /** Ends the item; another may start. */\n',
        to: '',
      }),
  },
  'wrong-interval': {
    module: 'playback-session',
    message: 'fix(playback-session): say what stop does, report more often',
    files: (session) =>
      edit(solution(session), `${PLAYBACK}/constants.ts`, {
        from: 'TIMELINE_INTERVAL_MS = 10_000',
        to: 'TIMELINE_INTERVAL_MS = 1_000',
      }),
  },
  'absent-program': {
    module: 'playback-session',
    message: 'build: lint with a faster linter',
    files: (session) => [
      ...solution(session),
      ...edit([ofExample('package.json')], 'package.json', {
        from: '"lint": "eslint . --max-warnings 0"',
        to: '"lint": "faster-lint ."',
      }),
    ],
  },
  'two-readings': {
    module: 'playback-session',
    message: 'docs(playback-session): halt, behaviour 4 has two readings',
    files: (session) => [
      ofExample('package.json'),
      ...escalationFiles(session, {
        name: 'Playback Session',
        failureType: 'spec-ambiguity',
        target: 'phase-1-review',
        specification: 'prompt 5, behaviour 4',
        reason: 'Behaviour 4 does not say whether a pause counts as the last report.',
        evidence: '"`progress` within 10 000 ms of the last report is not reported."',
        question: 'Is "the last report" the last one of `progress`, or of any action?',
      }),
    ],
  },
  'own-specification': {
    module: 'plex-library',
    message: 'feat(plex-library): sections, pages and items, with the type they lack',
    files: (session) => [...solution(session), ofAmendment(TYPES)],
  },
  'undefined-type': {
    module: 'plex-library',
    message: 'fix(plex-library): leave the spec pack alone',
    files: () => [ofExample(TYPES)],
  },
  'foreign-entry': {
    module: 'plex-library',
    message: 'feat(plex-library): and watch-history goes without saying',
    files: (session) => [...solution(session), stateOf([...BUILT, 'watch-history'])],
  },
  'unspecified-test': {
    module: 'plex-library',
    message: 'docs(plex-library): halt, nothing specifies a page of 200',
    files: (session) => [
      stateOf(BUILT),
      ...escalationFiles(session, {
        name: 'Plex Library',
        failureType: 'impossible-assertion',
        target: 'phase-1-review',
        specification: 'prompt 4, acceptance tests',
        reason: 'A test wants 200 items before the failure of a server that sends pages of 100.',
        evidence: '"The second page fails: `allItems` yields 200 items and the failure, and ends."',
        question: 'What does `allItems` do when a server sends less than it is asked for?',
      }),
    ],
  },
} satisfies Readonly<Record<string, Provocation>>;

export type ProvocationName = keyof typeof PROVOCATIONS;

/** What the owner pushes first: modules built before, the state that says so, and whom escalations go to. */
export function foundation(): readonly TextFile[] {
  return [
    ...BUILT.flatMap((module) => solution({ module, attempt: 1, sessionId: '' })).filter(
      ({ path }) => path.startsWith('src/'),
    ),
    stateOf(BUILT),
    withEscalation(ofExample(CONFIG)),
  ];
}

/** What the planner pushes to answer for the type that the specification lacks. */
export function amendment(): readonly TextFile[] {
  return readStoryFiles(story.amendment.directory, { sessionId: '', now: '' }).map((file) =>
    file.path === CONFIG ? withEscalation(file) : file,
  );
}

/** A module as its scripted coder leaves it in the end, handed in by the session that is given. */
function solution({
  module,
  attempt,
  sessionId,
}: Pick<SessionPull, 'module' | 'attempt' | 'sessionId'>): readonly TextFile[] {
  const scripted = story.sessions.findLast((session) => session.module === module);
  const files = new Map<string, string>();
  for (const { directory } of scripted?.pushes ?? []) {
    for (const { path, content } of readStoryFiles(directory, { sessionId, now: '' })) {
      files.set(path, content);
    }
  }
  return [...files].map(([path, content]) => ({
    path: path.replace(/(reports\/.+)-\d+\.md$/u, `$1-${attempt}.md`),
    content: content.replace(/^attempt: \d+$/mu, `attempt: ${attempt}`),
  }));
}

/** @throws if the text to replace is not there, since a push that breaks nothing would prove nothing. */
function edit(
  files: readonly TextFile[],
  path: string,
  change: { readonly from: string; readonly to: string },
): readonly TextFile[] {
  const file = files.find((one) => one.path === path);
  if (file?.content.includes(change.from) !== true) {
    throw new Error(`${path} does not hold: ${change.from}`);
  }
  const content = file.content.replace(change.from, change.to);
  return files.map((one) => (one === file ? { path, content } : one));
}

function ofExample(path: string): TextFile {
  return { path, content: readFileSync(new URL(path, EXAMPLE), 'utf8') };
}

function ofAmendment(path: string): TextFile {
  const file = amendment().find((one) => one.path === path);
  if (file === undefined) throw new Error(`The amendment holds no ${path}.`);
  return file;
}

function withEscalation({ path, content }: TextFile): TextFile {
  return { path, content: content + ESCALATION };
}

function stateOf(complete: readonly string[]): TextFile {
  const entries = complete.map((module) => [module, { status: 'complete' }]);
  return { path: STATE, content: `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n` };
}
