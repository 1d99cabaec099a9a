/** Characters in a body, a check's summary or its text (https://docs.github.com/en/rest/checks/runs). */
export const BODY_LIMIT = 65_535;

/** Room for what closes a fence and the folded sections around it. */
const CLOSING_ROOM = 128;

/**
 * Markdown of at most `limit` characters: cut after a whole line where there is one, with what the
 * cut left open closed again and a pointer to the whole below.
 */
export function truncate(text: string, limit: number, pointer: string): string {
  if (text.length <= limit) return text;
  const kept = cut(text, Math.max(0, limit - pointer.length - CLOSING_ROOM));
  return `${kept}${closing(kept)}\n\n${pointer}`.slice(0, limit);
}

function cut(text: string, room: number): string {
  const head = text.slice(0, room);
  const line = head.lastIndexOf('\n');
  if (line > room / 2) return head.slice(0, line);
  return head.replace(/[\uD800-\uDBFF]$/, '');
}

function closing(text: string): string {
  let fence: string | null = null;
  let folded = 0;
  for (const line of text.split('\n')) {
    const run = /^ {0,3}(`{3,})/.exec(line)?.[1] ?? '';
    if (fence !== null) {
      if (run.length >= fence.length && line.trim() === run) fence = null;
    } else if (run !== '') {
      fence = run;
    } else if (line === '<details>') {
      folded += 1;
    } else if (line === '</details>') {
      folded -= 1;
    }
  }
  return `${fence === null ? '' : `\n${fence}`}${'\n\n</details>'.repeat(Math.max(0, folded))}`;
}
