import { GITHUB_MESSAGES } from './github-messages.ts';
import { manualUrl } from './manual.ts';
import type { Message } from './message.ts';
import { PROBLEM_MESSAGES } from './problem-messages.ts';
import { REPOSITORY_MESSAGES } from './repository-messages.ts';
import { RUN_MESSAGES } from './run-messages.ts';
import { TEMPLATE_MESSAGES } from './template-messages.ts';
import { TERMINAL_MESSAGES } from './terminal-messages.ts';
import { WORKFLOW_MESSAGES } from './workflow-messages.ts';

const ENTRIES = {
  ...WORKFLOW_MESSAGES,
  ...REPOSITORY_MESSAGES,
  ...GITHUB_MESSAGES,
  ...RUN_MESSAGES,
  ...PROBLEM_MESSAGES,
  ...TEMPLATE_MESSAGES,
  ...TERMINAL_MESSAGES,
};

type Entries = typeof ENTRIES;

/** What may be told, and nothing else. */
export type MessageCode = keyof Entries;

/** What each message has to be told with. */
export type MessageData = {
  readonly [Code in MessageCode]: Entries[Code] extends Message<infer Data> ? Data : never;
};

/** Codes of errors that carry a list of problems. */
export type ProblemsCode = keyof typeof PROBLEM_MESSAGES;

/** Every message by its code; from it the log, checks, replies and docs/troubleshooting.md are worded. */
export const CATALOGUE: { readonly [Code in MessageCode]: Message<MessageData[Code]> } = ENTRIES;

/** A message with its data filled in. */
export interface Told {
  readonly code: MessageCode;
  readonly message: string;
  readonly fix: string;
}

export function tell<Code extends MessageCode>(code: Code, data: MessageData[Code]): Told {
  const entry = CATALOGUE[code];
  return { code, message: entry.says(data), fix: entry.fix(data) };
}

/** A message on one line, with where to read more; for logs. */
export function toldLine({ code, message, fix }: Told): string {
  return `${message} ${fix} More: ${manualUrl(code)}`;
}
