import type { SpecChange } from '../domain/spec-pack.ts';
import { codeSpan } from './markdown.ts';

/** A changed part of the specification in words. */
export function describeSpecChange({ part, name, change }: SpecChange): string {
  if (part === 'prompt') return `Implementation prompt ${change}`;
  if (part === 'handoff') return `Context handoff ${change}`;
  return `Shared type ${codeSpan(name)} ${change}`;
}
