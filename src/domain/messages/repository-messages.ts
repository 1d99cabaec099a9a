import { message, type NoData } from './message.ts';

/** What is, or is not, where it should be in the repository. */
export const REPOSITORY_MESSAGES = {
  'base-missing': message({
    title: 'The base branch cannot be read',
    says: ({ rev, repository }: { readonly rev: string; readonly repository: string }) =>
      `The base ${rev} of ${repository} could not be read.`,
    why: 'The repository has no commit yet, the config names a `base` that does not exist, or the token may not read contents.',
    fix: () =>
      'Check that the branch exists, that `base` in the config names it, and that the token may read contents.',
    example: { rev: 'refs/heads/develop', repository: 'acme/plex-client' },
  }),
  'state-missing': message({
    title: 'The state is gone',
    says: ({ file, branch }: { readonly file: string; readonly branch: string }) =>
      `${file} on the branch ${branch} is gone, although there are branches under session/ or issues with the label sessionwright. Nothing was written.`,
    why: 'The branch was deleted, by hand or by a rule that cleans up branches. A new one would forget every attempt and start sessions twice, so none is made. The same is told where the action never ran, but branches or issues are named as ours are.',
    fix: ({ branch }) =>
      `Restore the branch ${branch} at its last commit. If this action never ran here, rename those branches and take the label off those issues. Then run again.`,
    example: { file: 'implementation-state.json', branch: 'sessionwright-state' },
  }),
  'state-moved': message({
    title: 'Another run was faster',
    says: ({ branch }: { readonly branch: string }) =>
      `The branch ${branch} moved between reading and writing it.`,
    why: 'Two runs decided at the same time. The state is written only onto the commit that was read, so nothing is lost. As the end of a run it means that this happened eight times in a row.',
    fix: () => 'Nothing to do: the run reads it again and decides anew.',
    example: { branch: 'sessionwright-state' },
  }),
  'foreign-branch': message({
    title: 'A branch stands where the session should be',
    says: ({ branch }: { readonly branch: string }) =>
      `The branch ${branch} is there already and does not rest on this session's base with its document.`,
    why: 'Somebody made a branch of that name beforehand, or pushed over it before its pull request was there. What others have committed is never overwritten.',
    fix: ({ branch }) => `Rename or delete the branch ${branch}; the next run goes on by itself.`,
    example: { branch: 'session/plex-auth-1' },
  }),
  'binary-file': message({
    title: 'A text file is binary',
    says: ({ oid }: { readonly oid: string }) =>
      `The blob ${oid} is binary where a text file is expected.`,
    why: 'The state file, or a template of the repository, was saved in an encoding that is not UTF-8, or something else was saved in its place. `git show <blob>` shows it.',
    fix: () => 'Save the file as UTF-8 text.',
    example: { oid: '83baae6' },
  }),
  'branch-changes-workflows': message({
    title: 'A session that changes `.github/` is not started from its own branch',
    says: ({ module }: { readonly module: string }) =>
      `${module}: not verified from its own branch, since it changes .github/.`,
    why: 'A run that is dispatched on a branch takes its workflow from there, so a session could write its own rules. What comes by an event of its pull request is judged all the same, by the rules of the base.',
    fix: () => 'Take that change back and push.',
    example: { module: 'plex-auth' },
  }),
  'prompt-missing': message({
    title: 'A prompt is gone',
    says: ({
      module,
      prompt,
      file,
    }: {
      readonly module: string;
      readonly prompt: number;
      readonly file: string;
    }) => `The document of ${module} cannot be written: prompt ${prompt} is not in ${file}.`,
    why: 'The session was begun and its prompt was taken out of the base before its document was written.',
    fix: ({ prompt }) =>
      `Add the heading of prompt ${prompt} there, on the base branch; the next run goes on by itself.`,
    example: {
      module: 'plex-auth',
      prompt: 2,
      file: 'spec-pack/artifact-7-implementation-prompts.md',
    },
  }),
  'several-errors': message({
    title: 'More than one thing went wrong',
    says: ({ errors }: { readonly errors: readonly string[]; readonly fixes: readonly string[] }) =>
      errors.join('\n'),
    why: 'What fails for one module does not keep the others from being done; at its end the run names all of it.',
    fix: ({ fixes }) => fixes.join('\n'),
    example: {
      errors: ['The branch session/plex-auth-1 is there already …', 'The coder was not called …'],
      fixes: ['What each of them says.'],
    },
  }),
};
