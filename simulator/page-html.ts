/** Text that HTML takes for text. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A whole page. */
export function html(title: string, parts: readonly string[]): string {
  const style =
    'pre{white-space:pre-wrap;background:#f6f8fa;padding:1em}body{margin:2em;max-width:60em}';
  const head = `<meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style>`;
  return `<!doctype html>${head}<h1>${escaped(title)}</h1>\n${parts.join('\n')}\n`;
}

export function pre(text: string): string {
  return `<pre>${escaped(text)}</pre>`;
}

export function link(address: string, text: string): string {
  return `<a href="${escaped(address)}">${escaped(text)}</a>`;
}
