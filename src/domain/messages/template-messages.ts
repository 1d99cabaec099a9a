import { message } from './message.ts';

interface InFile {
  readonly file: string;
}

/** What a template of the repository's own may come to when a document is rendered. */
export const TEMPLATE_MESSAGES = {
  'template-failed': message({
    title: 'A template cannot be filled in',
    says: ({
      file,
      line,
      name,
      why,
    }: InFile & { readonly line: number; readonly name: string; readonly why: string }) =>
      `${file}:${line}: the field \`${name}\` ${why}.`,
    why: 'The field has no value of that kind in this document, although it had one in the example that the template was tried out with.',
    fix: () => 'Take the field out of the template, or take the template away: ours is used then.',
    example: {
      file: '.github/sessionwright/templates/dashboard.md',
      line: 3,
      name: 'progress',
      why: 'is not there',
    },
  }),
  'template-too-long': message({
    title: 'A template renders too much',
    says: ({ file, limit }: InFile & { readonly limit: number }) =>
      `${file}: what it renders is longer than ${limit} characters.`,
    why: 'A long text stands inside an `each` and is repeated for every item.',
    fix: () => 'Shorten what stands inside its `each`.',
    example: { file: '.github/sessionwright/templates/dashboard.md', limit: 1_048_576 },
  }),
  'template-metadata': message({
    title: 'A document would lack what is read back from it',
    says: ({ file, gap }: InFile & { readonly gap: string; readonly fix: string }) =>
      `${file}: ${gap}`,
    why: 'The orchestration document is read again by later runs, which need its metadata table.',
    fix: ({ fix }) => fix,
    example: {
      file: '.github/sessionwright/templates/orchestration-document.md',
      gap: 'The table of metadata lacks the row "Module".',
      fix: 'Write that row as in docs/templates.md.',
    },
  }),
};
