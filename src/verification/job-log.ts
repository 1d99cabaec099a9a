/** Where one command's output goes in the job log; each settles when the log has taken it. */
export interface LogGroup {
  write(bytes: Uint8Array): Promise<void>;
  end(summary: string): Promise<void>;
}

/** The log of the whole job; what a child prints is never obeyed as a workflow command. */
export interface JobLog {
  /** Prints at once; only for a command that runs alone, since groups cannot be interleaved. */
  openLive(title: string, token: string): LogGroup;
  /** Prints a command's whole output in one piece when it is over. */
  printWhole(title: string, token: string, output: string, summary: string): Promise<void>;
  say(line: string): void;
}

/** More of one command's output is not shown while it runs: the runner keeps the log of all that is printed. */
const LIVE_LIMIT_BYTES = 8 * 1024 * 1024;

const LF = 0x0a;

/**
 * Between `::stop-commands::<token>` and `::<token>::` the runner obeys nothing but the token:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function createJobLog(write: (chunk: string | Uint8Array) => Promise<void>): JobLog {
  let atLineStart = true;

  function put(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return Promise.resolve();
    atLineStart = bytes.at(-1) === LF;
    return write(bytes);
  }

  function putLine(line: string): Promise<void> {
    const start = atLineStart ? '' : '\n';
    atLineStart = true;
    return write(`${start}${line}\n`);
  }

  function openLive(title: string, token: string): LogGroup {
    let written = 0;
    void putLine(`::group::${escapeData(title)}\n::stop-commands::${token}`);
    return {
      write(bytes) {
        const shown = bytes.subarray(0, Math.max(0, LIVE_LIMIT_BYTES - written));
        const isCut = written < LIVE_LIMIT_BYTES && written + bytes.length >= LIVE_LIMIT_BYTES;
        written += bytes.length;
        const taken = put(shown);
        return isCut ? putLine('… the rest of the output is not shown here …') : taken;
      },
      end: (summary) => putLine(`::${token}::\n::endgroup::\n${oneLine(summary)}`),
    };
  }

  function printWhole(
    title: string,
    token: string,
    output: string,
    summary: string,
  ): Promise<void> {
    const group = openLive(title, token);
    void group.write(Buffer.from(output));
    return group.end(summary);
  }

  function say(line: string): void {
    void putLine(oneLine(line));
  }

  return { openLive, printWhole, say };
}

/** As `@actions/core` escapes a command's data. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Our own lines begin with a word, so that no name in them can begin a workflow command. */
function oneLine(text: string): string {
  return `Sessionwright: ${text.replace(/[\r\n]+/g, ' ')}`;
}
