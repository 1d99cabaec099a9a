#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { main } from './cli/main.ts';
import type { Output } from './cli/io.ts';

process.exitCode = await main(process.argv.slice(2), {
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  cwd: process.cwd(),
  env: process.env,
  interactive: process.stdin.isTTY && process.stdout.isTTY,
  asker: async () => (await import('./cli/clack-asker.ts')).clackAsker,
  now: () => new Date().toISOString(),
  newId: () => randomUUID(),
  onInterrupt: (cancel) => {
    process.on('SIGINT', cancel).on('SIGTERM', cancel);
    return () => {
      process.off('SIGINT', cancel).off('SIGTERM', cancel);
    };
  },
});

/** Whoever reads may stop before the end, as `head` does: nothing is wrong then. */
function outputOf(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return { write: (text) => void stream.write(text), isTerminal: stream.isTTY };
}
