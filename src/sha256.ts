import { createHash } from 'node:crypto';

/** What parts of a specification are told apart by, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
