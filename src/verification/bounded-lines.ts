/** The first and the last `limit / 2` lines, with one between them that counts what was left out; all where they fit. */
export function boundLines(text: string, limit: number): string {
  const half = Math.floor(limit / 2);
  const headEnd = endOfLines(text, half);
  const tailStart = startOfLastLines(text, half);
  if (headEnd >= tailStart) return text;
  const omitted = countLineFeeds(text, headEnd, tailStart);
  return `${text.slice(0, headEnd)}… ${omitted} lines are left out here …\n${text.slice(tailStart)}`;
}

function endOfLines(text: string, count: number): number {
  let end = 0;
  for (let line = 0; line < count; line += 1) {
    const feed = text.indexOf('\n', end);
    if (feed < 0) return text.length;
    end = feed + 1;
  }
  return end;
}

function startOfLastLines(text: string, count: number): number {
  let start = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let line = 0; line < count; line += 1) {
    if (start <= 0) return 0;
    const feed = text.lastIndexOf('\n', start - 1);
    if (feed < 0) return 0;
    start = feed;
  }
  return start + 1;
}

function countLineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
