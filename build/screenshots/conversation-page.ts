import type { LabelSpec } from '../../src/domain/labels.ts';
import type { Conversation } from './conversation.ts';
import { escapeHtml, renderMarkdown } from './markdown.ts';
import { drawSigns } from './signs.ts';
import { STYLE } from './style.ts';

/** What the demo's file does not say of an issue or a pull request, and which part of it is looked at. */
export interface Sight {
  readonly opened: string;
  readonly label: Pick<LabelSpec, 'name' | 'color'> | null;
  readonly branch?: string;
  /** Where the body is of no interest. */
  readonly withoutBody?: true;
}

const BOT = 'github-actions[bot]';

/** A page that looks as GitHub shows the conversation; the body of it says when everything is drawn. */
export function renderConversationPage(
  conversation: Conversation,
  { opened, label, branch, withoutBody }: Sight,
  mermaid: string,
): string {
  const { title, number, state, body, comments } = conversation;
  const verb = branch === undefined ? 'opened this issue' : 'wants to merge into <code>main</code>';
  const from = branch === undefined ? '' : ` from <code>${escapeHtml(branch)}</code>`;
  const shown = withoutBody === true ? comments : [{ by: opened, text: body }, ...comments];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(title)} <span>#${number}</span></h1>
<p class="about"><span class="state ${escapeHtml(state)}">${capitalised(state)}</span> ${authorOf(opened)} ${verb}${from}</p>
${label === null ? '' : renderLabel(label)}
<hr>
${shown.map(renderComment).join('\n')}
<script src="${escapeHtml(mermaid)}"></script>
<script>
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: dark ? 'dark' : 'default' });
mermaid.run({ querySelector: '.mermaid' }).then(() => { document.body.dataset.drawn = 'yes'; });
</script>
</body>
</html>
`;
}

function renderLabel({ name, color }: NonNullable<Sight['label']>): string {
  return `<span class="label"><span style="background: #${color}"></span>${escapeHtml(name)}</span>`;
}

function renderComment({ by, text }: Conversation['comments'][number]): string {
  const said = `<div class="said">${authorOf(by)} commented</div>`;
  const html =
    text.trim() === ''
      ? '<p><em>No description provided.</em></p>'
      : drawSigns(renderMarkdown(text));
  return `<article>${said}<div class="text">${html}</div></article>`;
}

/** GitHub shows an App by its name, with a mark. */
function authorOf(login: string): string {
  return login === BOT ? '<b>github-actions</b> <i>bot</i>' : `<b>${escapeHtml(login)}</b>`;
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
