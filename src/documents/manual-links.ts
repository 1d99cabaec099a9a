import { manualUrl } from '../domain/messages/manual.ts';
import type { MessageCode } from '../domain/messages/catalogue.ts';
import type { ProblemCode } from '../domain/messages/problem-kinds.ts';
import { codeLink } from './links.ts';

/** `More:` and where the manual tells of it, to stand at the end of what is told. */
export function more(...codes: readonly (MessageCode | ProblemCode)[]): string {
  const links = [...new Set(codes)].map((code) => codeLink(code, manualUrl(code)));
  return `More: ${links.join(', ')}`;
}
