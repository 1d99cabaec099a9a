/** An issue or a pull request as the demo keeps it: one Markdown file. */
export interface Conversation {
  readonly title: string;
  readonly number: number;
  readonly state: string;
  readonly body: string;
  readonly comments: readonly Comment[];
}

/** One wording of a comment. */
export interface Comment {
  readonly by: string;
  readonly text: string;
}

const HEAD = /^# (.+) \(#(\d+), (\w+)\)\n/u;

/** Where the demo sets one comment apart from the next, with who said it and which earlier wording it takes the place of. */
const BETWEEN = /\n---\n\n\*\*\d+\. (\S+)\*\* (?:said|changed comment (\d+) to):\n\n/gu;

/** Comments in the wording that stood last; of the file's first wordings only `upTo`, where that is given. */
export function parseConversation(file: string, upTo = Number.POSITIVE_INFINITY): Conversation {
  const head = HEAD.exec(file);
  if (head === null) throw new Error('The file does not begin as the demo begins it.');
  const [whole, title = '', number, state = ''] = head;
  const [body = '', ...said] = file.slice(whole.length).split(BETWEEN);
  const comments: (Comment & { readonly wordings: readonly number[] })[] = [];
  for (let at = 0; at < said.length && at / 3 < upTo; at += 3) {
    const [by = '', earlier, text = ''] = said.slice(at, at + 3);
    const wording = at / 3 + 1;
    const before = comments.findIndex(({ wordings }) => wordings.includes(Number(earlier)));
    const wordings = [...(comments[before]?.wordings ?? []), wording];
    comments.splice(before === -1 ? comments.length : before, 1, { by, text, wordings });
  }
  return { title, number: Number(number), state, body, comments };
}
