/** The kinds of entry a tree holds, by the mode git stores. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  readonly name: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 in UTC, to the second. */
  readonly date: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

const OID_BYTES = 20;

export function entryType(mode: string): TreeEntry['type'] {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

/** Parses a tree object's content: `mode SP name NUL oid`, again and again (gitformat-tree). */
export function parseTree(content: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const mode = content.toString('latin1', at, space).padStart(6, '0');
    const name = content.toString('utf8', space + 1, end);
    const oid = content.toString('hex', end + 1, end + 1 + OID_BYTES);
    entries.push({ mode, type: entryType(mode), oid, name });
    at = end + 1 + OID_BYTES;
  }
  return entries;
}

/** GitHub tells commit dates in UTC, whatever the zone they were made in. */
function parsePerson(text: string): Person {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(text);
  const seconds = Number(match?.[3] ?? 0);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    date: isoDate(new Date(seconds * 1000)),
  };
}

/** ISO 8601 to the second, as GitHub writes times. */
export function isoDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export function parseCommit(oid: string, content: Buffer): Commit {
  const text = content.toString();
  const split = text.indexOf('\n\n');
  const headers = text.slice(0, split).split('\n');
  const values = (key: string) =>
    headers.filter((header) => header.startsWith(`${key} `)).map((h) => h.slice(key.length + 1));
  return {
    oid,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: parsePerson(values('author')[0] ?? ''),
    committer: parsePerson(values('committer')[0] ?? ''),
    message: text.slice(split + 2).replace(/\n$/, ''),
  };
}

function renderPerson(person: Person): string {
  const seconds = Math.floor(Date.parse(person.date) / 1000);
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '');
  return `${clean(person.name)} <${clean(person.email)}> ${String(seconds)} +0000`;
}

export function renderCommit(commit: Omit<Commit, 'oid'>): string {
  return [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${renderPerson(commit.author)}`,
    `committer ${renderPerson(commit.committer)}`,
    '',
    commit.message,
  ].join('\n');
}
