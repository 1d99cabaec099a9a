import type { Deliverable } from '../domain/config.ts';
import { fence } from './markdown.ts';

/** Where the template's comments begin. */
const COMMENT_COLUMN = 26;

/** As the template's own `(if any)`. */
const SAYS_OPTIONAL = /\boptional\b|\bif (?:any|needed|required|applicable)\b/i;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly entries: Entry[];
}

type Entry =
  | { readonly kind: 'file'; readonly name: string; readonly comment: string }
  | { readonly kind: 'folder'; readonly name: string; readonly folder: Folder };

interface Line {
  readonly text: string;
  readonly comment: string;
}

/** The files a session creates as a drawn tree below the folder they share, in the order given. */
export function renderDeliverablesTree(deliverables: readonly Deliverable[]): string {
  const files = deliverables.map((one) => ({
    parts: one.path.split('/'),
    comment: commentOf(one),
  }));
  if (files.length === 0) return 'None';
  const shared = sharedFolders(files.map(({ parts }) => parts.slice(0, -1)));
  const root = emptyFolder();
  for (const { parts, comment } of files) insert(root, parts.slice(shared.length), comment);
  const drawn = alignComments(draw(root, ''));
  const top = shared.length === 0 ? './' : `${shared.join('/')}/`;
  return fence([top, ...drawn].join('\n'), 'text');
}

/** A file that may be left out says so, in the words of its comment or in ours. */
function commentOf({ comment, optional }: Deliverable): string {
  return optional && !SAYS_OPTIONAL.test(comment) ? `${comment} (optional)`.trim() : comment;
}

function sharedFolders(folders: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = folders;
  const differs = first.findIndex((part, index) =>
    folders.some((folder) => folder[index] !== part),
  );
  return differs === -1 ? first : first.slice(0, differs);
}

function emptyFolder(): Folder {
  return { folders: new Map(), entries: [] };
}

function insert(folder: Folder, parts: readonly string[], comment: string): void {
  const [name = '', ...rest] = parts;
  if (rest.length === 0) {
    folder.entries.push({ kind: 'file', name, comment });
    return;
  }
  insert(ensureFolder(folder, name), rest, comment);
}

function ensureFolder(parent: Folder, name: string): Folder {
  const known = parent.folders.get(name);
  if (known !== undefined) return known;
  const folder = emptyFolder();
  parent.folders.set(name, folder);
  parent.entries.push({ kind: 'folder', name, folder });
  return folder;
}

function draw(folder: Folder, indent: string): readonly Line[] {
  return folder.entries.flatMap((entry, index) => {
    const last = index === folder.entries.length - 1;
    const start = `${indent}${last ? '└── ' : '├── '}`;
    if (entry.kind === 'file') return [{ text: `${start}${entry.name}`, comment: entry.comment }];
    const below = draw(entry.folder, `${indent}${last ? '    ' : '│   '}`);
    return [{ text: `${start}${entry.name}/`, comment: '' }, ...below];
  });
}

function alignComments(lines: readonly Line[]): readonly string[] {
  const commented = lines.filter(({ comment }) => comment !== '');
  const column = Math.max(COMMENT_COLUMN, ...commented.map(({ text }) => text.length + 2));
  return lines.map(({ text, comment }) =>
    comment === '' ? text : `${text.padEnd(column)}# ${comment.replace(/\s+/g, ' ')}`,
  );
}
