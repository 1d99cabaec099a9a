import { jsonText } from '../domain/json-text.ts';
import { fence } from './markdown.ts';

/** What a coder says when it has to stop. */
export interface HaltClaim {
  readonly reason: string;
  /** An ISO time. */
  readonly at: string;
  /** A failure row's id; left out where it is null. */
  readonly failureType: string | null;
}

/** What a coder says when it is done. */
export interface DoneClaim {
  /** An ISO time. */
  readonly at: string;
  readonly files: readonly string[];
  readonly sessionId: string;
}

const DESCRIPTION = '<description>';
const TIME = '<ISO timestamp>';

/** The claim that a document shows under "On HALT", to be filled in. */
export function renderHaltClaimToFillIn(module: string): string {
  return renderHaltClaim(module, { reason: DESCRIPTION, at: TIME, failureType: null });
}

/** The claim that a document shows under "Deliverables", to be filled in. */
export function renderDoneClaimToFillIn(module: string, sessionId: string): string {
  return renderDoneClaim(module, { at: TIME, files: ['list of files'], sessionId });
}

/** The content of a claim file that halts the session, in the template's shape. */
export function renderHaltClaim(module: string, { reason, at, failureType }: HaltClaim): string {
  return renderEntry(module, [
    ['status', 'blocked'],
    ['blockedReason', reason],
    ['blockedAt', at],
    ...(failureType === null ? [] : [['failureType', failureType] as const]),
  ]);
}

/** The content of a claim file that says that the module is done, in the template's shape. */
export function renderDoneClaim(module: string, { at, files, sessionId }: DoneClaim): string {
  return renderEntry(module, [
    ['status', 'review'],
    ['completedAt', at],
    ['filesModified', files],
    ['implementedBy', 'coding-agent'],
    ['sessionId', sessionId],
  ]);
}

/** A claim as the template lays it out, in a list item's code block. */
export function claimBlock(claim: string): string {
  return fence(claim, 'json').replace(/^/gm, '   ');
}

type Field = readonly [key: string, value: string | readonly string[]];

function renderEntry(module: string, fields: readonly Field[]): string {
  const lines = fields.map(([key, value]) => `    ${jsonText(key)}: ${renderValue(value)}`);
  return `{\n  ${jsonText(module)}: {\n${lines.join(',\n')}\n  }\n}`;
}

function renderValue(value: string | readonly string[]): string {
  return typeof value === 'string' ? jsonText(value) : `[${value.map(jsonText).join(', ')}]`;
}
