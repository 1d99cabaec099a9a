/**
 * A kind of problem in a file of the user's. Its own sentence, with place, value and the nearest right name, is
 * written by the check that finds it; what all of a kind have in common stands here.
 */
export interface ProblemKind {
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

export const PROBLEM_KINDS = {
  'config-empty': {
    title: 'There is nothing to read',
    why: 'The config does not exist on the base branch, is empty, or is not a mapping.',
    fix: 'Let `npx sessionwright init` write one, or start from the smallest, which the message shows.',
  },
  'config-yaml': {
    title: 'The config is not YAML that can be read',
    why: 'An indentation, a colon, a quote or a tab; a key that is there twice; an alias that leads nowhere or stands for too much.',
    fix: 'Mend the line named, or the one above it. Values with `{{`, `: ` or ` #` need quotes.',
  },
  'config-value': {
    title: 'A key or its value is not right',
    why: 'A key that is not known (most often a typing error), one that lacks, or a value of another kind than the key takes.',
    fix: 'Write what the message names; where a near name is known, it is given.',
  },
  'config-version': {
    title: 'The config is of another version',
    why: 'The `version` of the config is that of its format, not that of the action.',
    fix: 'Write `version: 1`, or use a release that knows the other version.',
  },
  'config-command': {
    title: 'A command, a failure type or a target does not fit',
    why: 'An id used twice, a command that needs one that is not there or needs itself in a circle, a failure type or an escalation target that nobody declares, a `{{field}}` that is not known.',
    fix: 'Correct the name, or declare what it names.',
  },
  'config-module': {
    title: 'Modules do not fit together',
    why: 'A dependency that is no module, a circle of dependencies, or two modules with one class name.',
    fix: 'Correct the name, take one dependency of the circle out, or give `class-name:`.',
  },
  'config-deliverable': {
    title: 'A deliverable has no place',
    why: 'The same file is named twice, or lies where sessions may not write.',
    fix: 'Give the file another place, or take it out.',
  },
  'token-for-coder': {
    title: 'The coder cannot be called without a token',
    why: '`handoff.comment` and `handoff.assignees` reach coders that take no orders from the token of a workflow.',
    fix: 'Give the input `handoff-token` the token of a user or an App, or use `handoff.workflow`. docs/coders.md says which token for which coder.',
  },
  'pack-incomplete': {
    title: 'A module lacks a part of the specification',
    why: 'The config names a prompt, a context handoff or a shared type that the spec pack does not hold.',
    fix: 'Add what is missing on the base branch, or correct the number or the name. The module waits until then; others do not.',
  },
  'pack-prompts': {
    title: 'The prompts are ambiguous',
    why: 'Two headings begin with the same prompt number, so nobody could say which one a module is built from.',
    fix: 'Give one of the two another number.',
  },
  'pack-types': {
    title: 'The shared types cannot be read',
    why: 'The file is not TypeScript that can be parsed, or hands on one declaration by two ways.',
    fix: 'Mend the TypeScript there; `npx tsc --noEmit` tells more.',
  },
  'file-unreadable': {
    title: 'A file is not text',
    why: 'The file is binary, in UTF-16 or another encoding than UTF-8, or far too long for what it should be.',
    fix: 'Save it as UTF-8 text, with nothing but what belongs there.',
  },
  'template-invalid': {
    title: 'A template has a mistake',
    why: 'A field or a block that is not known, a bracket that nothing fills, a tag that is not closed, a file name that no template has.',
    fix: 'Write it as docs/templates.md says, or delete the file: ours is used then.',
  },
  'state-file': {
    title: 'The state file is damaged or newer',
    why: 'It is no JSON, an entry in it is not in its shape, or a newer release has written it.',
    fix: 'Restore the last good commit of the state branch, mend the entry there, or use the newer release.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof PROBLEM_KINDS;
