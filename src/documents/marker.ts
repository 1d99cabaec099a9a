const PREFIX = 'sessionwright';

/** What kind of text carries a marker. */
export type MarkerKind =
  'dashboard' | 'escalation' | 'handoff' | 'pull-request' | 'reply' | 'verification';

/**
 * A hidden comment that names a text of ours. It is no proof: anybody can copy one, so who wrote
 * the text must be looked at as well.
 */
export function renderMarker(
  kind: MarkerKind,
  fields: Readonly<Record<string, string | number>> = {},
): string {
  const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${encode(String(value))}`);
  return `<!-- ${PREFIX}:${kind}${pairs.join('')} -->`;
}

/** The fields of the first marker of that kind that has a line to itself, or null. */
export function parseMarker(text: string, kind: MarkerKind): ReadonlyMap<string, string> | null {
  const start = `<!-- ${PREFIX}:${kind}`;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (!line.startsWith(start) || !line.endsWith(' -->')) continue;
    const fields = parseFields(line.slice(start.length, -' -->'.length));
    if (fields !== null) return fields;
  }
  return null;
}

function parseFields(text: string): ReadonlyMap<string, string> | null {
  if (text !== '' && !text.startsWith(' ')) return null;
  const fields = new Map<string, string>();
  for (const pair of text.split(' ').filter((part) => part !== '')) {
    const [key = '', value = '', ...more] = pair.split('=');
    const decoded = decode(value);
    const isOdd = key === '' || more.length > 0 || fields.has(key);
    if (decoded === null || isOdd) return null;
    fields.set(key, decoded);
  }
  return fields;
}

/** The module and attempt that a marker names, or null where it does not name both. */
export function parseSessionMarker(
  text: string,
  kind: MarkerKind,
): { readonly module: string; readonly attempt: number } | null {
  const fields = parseMarker(text, kind);
  return fields === null ? null : sessionFields(fields);
}

/** The module and attempt among a marker's fields, or null where either is missing or could not be one. */
export function sessionFields(
  fields: ReadonlyMap<string, string>,
  firstAttempt: 0 | 1 = 1,
): { readonly module: string; readonly attempt: number } | null {
  const module = fields.get('module') ?? '';
  const attempt = fields.get('attempt') ?? '';
  if (!isId(module) || !/^(?:0|[1-9][0-9]{0,5})$/.test(attempt)) return null;
  return Number(attempt) < firstAttempt ? null : { module, attempt: Number(attempt) };
}

/** Whether a text has the form of a module's, a failure row's or an escalation target's id. */
export function isId(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** Two hyphens in a row may not stand inside a comment. */
function encode(value: string): string {
  return encodeURIComponent(value.replace(/\p{Cs}/gu, '\uFFFD')).replaceAll('--', '-%2D');
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
