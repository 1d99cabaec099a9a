/**
 * Shows a job's log on a terminal: groups become titles, and the words by which a runner is spoken to are left out.
 * What a command itself prints passes as it is.
 */
export function createTerminalLog(
  write: (text: string) => void,
): (chunk: string | Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let token: string | null = null;
  return (chunk) => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const stopped = /^::stop-commands::(.+)$/u.exec(line)?.[1];
      if (stopped !== undefined && token === null) token = stopped;
      else if (line === `::${token ?? ''}::`) token = null;
      else if (token === null && line === '::endgroup::') continue;
      else write(`${token === null ? titleOf(line) : line}\n`);
    }
  };
}

function titleOf(line: string): string {
  const title = /^::group::(.*)$/u.exec(line)?.[1];
  if (title === undefined) return line;
  return `▸ ${title.replaceAll('%0A', ' ').replaceAll('%0D', '').replaceAll('%25', '%')}`;
}
