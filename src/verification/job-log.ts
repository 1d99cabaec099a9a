/** Where one command's output goes in the job log. */
export interface LogGroup {
  write(text: string): void;
  end(summary: string): void;
}

/** The log of the whole job; what a child prints is never obeyed as a workflow command. */
export interface JobLog {
  /** Prints at once; only for a command that runs alone, since groups cannot be interleaved. */
  openLive(title: string, token: string): LogGroup;
  /** Prints a command's whole output in one piece when it is over. */
  printWhole(title: string, token: string, output: string, summary: string): void;
  say(line: string): void;
}

/** More of one command's output is not shown while it runs: the runner keeps the log of all that is printed. */
const LIVE_LIMIT = 8 * 1024 * 1024;

/**
 * Between `::stop-commands::<token>` and `::<token>::` the runner obeys nothing but the token:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function createJobLog(write: (chunk: string) => void): JobLog {
  function openLive(title: string, token: string): LogGroup {
    let written = 0;
    let atLineStart = true;
    write(`::group::${escapeData(title)}\n::stop-commands::${token}\n`);
    return {
      write(text) {
        const shown = text.slice(0, Math.max(0, LIVE_LIMIT - written));
        if (shown !== '') write(shown);
        if (shown !== '') atLineStart = shown.endsWith('\n');
        if (written < LIVE_LIMIT && written + text.length >= LIVE_LIMIT) {
          write('\n… the rest of the output is not shown here …\n');
          atLineStart = true;
        }
        written += text.length;
      },
      end(summary) {
        write(`${atLineStart ? '' : '\n'}::${token}::\n::endgroup::\n${oneLine(summary)}\n`);
      },
    };
  }

  function printWhole(title: string, token: string, output: string, summary: string): void {
    const group = openLive(title, token);
    group.write(output);
    group.end(summary);
  }

  function say(line: string): void {
    write(`${oneLine(line)}\n`);
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
