import { message } from './message.ts';

interface InFile {
  readonly file: string;
}

/** What a template of the repository's own may come to when a document is rendered. */
export const TEMPLATE_MESSAGES = {
  'template-failed': message({
    says: ({
      file,
      line,
      name,
      why,
    }: InFile & { readonly line: number; readonly name: string; readonly why: string }) =>
      `${file}:${line}: the field \`${name}\` ${why}.`,
    fix: () => 'Take the field out of the template, or take the template away: ours is used then.',
  }),
  'template-too-long': message({
    says: ({ file, limit }: InFile & { readonly limit: number }) =>
      `${file}: what it renders is longer than ${limit} characters.`,
    fix: () => 'Shorten what stands inside its `each`.',
  }),
  'template-metadata': message({
    says: ({ file, gap }: InFile & { readonly gap: string; readonly fix: string }) =>
      `${file}: ${gap}`,
    fix: ({ fix }) => fix,
  }),
};
