import { VERSION } from '../version.ts';
import type { MessageCode } from './catalogue.ts';
import type { ProblemCode } from './problem-kinds.ts';

/** Where the manual of this release is read; a fork that ships its own names itself here. */
const MANUAL = `https://github.com/sessionwright/sessionwright/blob/v${VERSION}/docs`;

/** The section of docs/troubleshooting.md on a message or a kind of problem. */
export function manualUrl(code: MessageCode | ProblemCode): string {
  return `${MANUAL}/troubleshooting.md#${code}`;
}

/** A page of the manual, with a heading of it or without: `workflows.md#permissions`. */
export function manualPage(page: string): string {
  return `${MANUAL}/${page}`;
}
