import type { UnreadableFile } from './spec-file.ts';

/** A user's own templates as they were found: file name to text, or to why it cannot be read. */
export type TemplateFiles = ReadonlyMap<string, string | UnreadableFile>;
