import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { KeptRequest } from './keep-issues.ts';
import type { KeptSession } from './keep-sessions.ts';
import type { Shelf } from './shelf.ts';

interface Story {
  readonly sessions: readonly KeptSession[];
  readonly requests: readonly KeptRequest[];
}

/** Keeps a `README.md` that tells the story in tables and links every file. */
export async function keepIndex(shelf: Shelf, story: Story): Promise<void> {
  const documents = await readdir(path.join(shelf.folder, 'orchestration-docs'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const copied = documents
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(shelf.folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'));
  const names = [...shelf.names, ...copied.sort()];
  const text = [
    '# What the demo left behind',
    sessionsTable(story.sessions),
    '## Requests',
    requestsTable(story.requests),
    '## All files',
    fileList(names),
    'The whole repository, with its state branch: `git clone repository.git`. `spec-pack/` is as it stands on main at the end.',
  ].join('\n\n');
  await shelf.put('README.md', text);
}

function sessionsTable(sessions: readonly KeptSession[]): string {
  const rows = sessions.map(({ number, module, attempt, state, verdicts }) => {
    const name = `${module}-${attempt}`;
    const links = [
      `[document](orchestration-docs/session-${name}.md)`,
      `[pull request](pull-requests/${number}-${name}.md)`,
      `[checks](checks/${name}.md)`,
    ].join(', ');
    const happened = [...verdicts, `pull request #${number} ${state}`].join(' → ');
    return `| ${module} | ${attempt} | ${happened} | ${links} |`;
  });
  return ['| Module | Attempt | What happened | Read |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function requestsTable(requests: readonly KeptRequest[]): string {
  const rows = requests.map(({ number, title, waits }) => {
    const waited = waits.length === 0 ? 'started at once' : waits.join('<br>');
    return `| [#${number} ${title}](requests/${number}.md) | ${waited.replaceAll('|', '\\|')} |`;
  });
  return ['| Request | Waited for |', '| --- | --- |', ...rows].join('\n');
}

function fileList(names: readonly string[]): string {
  const folders = [...new Set(names.map((name) => path.posix.dirname(name)))];
  return folders
    .map((folder) => {
      const files = names.filter((name) => path.posix.dirname(name) === folder);
      const links = files.map((name) => `[${path.posix.basename(name)}](${name})`);
      return `- ${folder === '.' ? 'Here' : `\`${folder}/\``}: ${links.join(', ')}`;
    })
    .join('\n');
}
