import { message } from './message.ts';

interface StateRewritten {
  readonly branch: string;
  readonly commit: string;
  /** The number of its issue. */
  readonly dashboard: number;
}

interface StateNotWritten {
  /** What was to be recorded, as the commit would say it. */
  readonly transition: string;
  readonly said: string;
  readonly fix: string;
}

/** What is, or is not, where it should be in the repository. */
export const REPOSITORY_MESSAGES = {
  'repository-not-seen': message({
    says: ({ repository }: { readonly repository: string }) =>
      `${repository} is not the repository of this run, or the token cannot see it. Nothing was written.`,
    fix: () =>
      'If the repository was renamed or transferred and another one has its former name now, there is nothing to do: the next event or sweep runs under its new name. Otherwise give the step a token of this very repository that may read contents.',
  }),
  'base-missing': message({
    says: ({ rev, repository }: { readonly rev: string; readonly repository: string }) =>
      `The base ${rev} of ${repository} could not be read. Nothing was written.`,
    fix: () =>
      'If the branch was deleted or renamed, restore it, or name another one with `base` in the config on the default branch, and under `branches:` of the workflow. Otherwise check that the token may read contents. The next run goes on from where things stand.',
  }),
  'repository-archived': message({
    says: ({ repository }: { readonly repository: string }) =>
      `${repository} is archived, and therefore read-only. Nothing was written.`,
    fix: () =>
      'Unarchive it under Settings → General → Danger Zone; the next run goes on from where things stand.',
  }),
  'state-missing': message({
    says: ({ file, branch }: { readonly file: string; readonly branch: string }) =>
      `${file} on the branch ${branch} is gone, although there are branches under session/ or issues with the label sessionwright. Nothing was written.`,
    fix: ({ branch }) =>
      `Restore the branch ${branch} at its last commit, or rebuild the state from what GitHub shows with \`mode: repair\`. If this action never ran here, rename those branches and take the label off those issues. Then run again.`,
  }),
  'state-moved': message({
    says: ({ branch }: { readonly branch: string }) =>
      `The branch ${branch} moved between reading and writing it.`,
    fix: () => 'Nothing to do: the run reads it again and decides anew.',
  }),
  'state-rewritten': message({
    says: ({ branch, commit, dashboard }: StateRewritten) =>
      `The branch ${branch} was rewritten: it does not hold the commit ${commit} any more, which the dashboard #${dashboard} was made from. Nothing was written.`,
    fix: ({ branch, commit }) =>
      `Put the branch back: the repository’s Activity page tells where it was before the push with force, at that commit or a later one. \`git fetch origin ${commit} && git push --force origin ${commit}:refs/heads/${branch}\`. Where what it says now is to count, or the commit is gone, run \`mode: repair\`: it tells the difference to what GitHub shows, and settles it. To keep others from rewriting it, protect it by a ruleset.`,
  }),
  'state-not-written': message({
    says: ({ transition, said }: StateNotWritten) =>
      `The state could not be written (${transition}), and nothing else was done. ${said}`,
    fix: ({ fix }) => `${fix} The next event or sweep does what is left.`,
  }),
  'foreign-branch': message({
    says: ({ branch }: { readonly branch: string }) =>
      `The branch ${branch} is there already and does not rest on this session's base with its document.`,
    fix: ({ branch }) => `Rename or delete the branch ${branch}; the next run goes on by itself.`,
  }),
  'binary-file': message({
    says: ({ oid }: { readonly oid: string }) =>
      `The blob ${oid} is binary where a text file is expected.`,
    fix: () => 'Save the file as UTF-8 text.',
  }),
  'branch-changes-workflows': message({
    says: ({ module }: { readonly module: string }) =>
      `${module}: not verified from its own branch, since it changes .github/.`,
    fix: () => 'Take that change back and push.',
  }),
  'prompt-missing': message({
    says: ({
      module,
      prompt,
      file,
    }: {
      readonly module: string;
      readonly prompt: number;
      readonly file: string;
    }) => `The document of ${module} cannot be written: prompt ${prompt} is not in ${file}.`,
    fix: ({ prompt }) =>
      `Add the heading of prompt ${prompt} there, on the base branch; the next run goes on by itself.`,
  }),
  'several-errors': message({
    says: ({ errors }: { readonly errors: readonly string[]; readonly fixes: readonly string[] }) =>
      errors.join('\n'),
    fix: ({ fixes }) => fixes.join('\n'),
  }),
};
