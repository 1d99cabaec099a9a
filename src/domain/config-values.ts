import * as v from 'valibot';

import { DURATION } from './duration.ts';

// Every message here completes the sentence "… must be".

/** GitHub labels hold 50 characters, of which `session:` takes eight. */
const MAX_ID_LENGTH = 42;

const ID = `a kebab-case id of at most ${MAX_ID_LENGTH} characters, such as plex-auth`;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** No control characters, no slash, no backslash, and neither `.` nor `..`. */
const SEGMENT = String.raw`(?!\.{1,2}(?:/|$))[ -.0-\[\]-~\u00a0-\uffff]+`;
const PATH = new RegExp(`^${SEGMENT}(?:/${SEGMENT})*/?$`);
const OWN_PATH = new RegExp(`^(?!\\.git(?:hub)?(?:/|$))${SEGMENT}(?:/${SEGMENT})*/?$`);
const MAX_LIST = 10_000;
/** Everything printable on one line, and something to see. */
const LINE = /^(?=.*\S)[ -~\u00a0-\uffff]+$/;
const COMMAND = /^(?=[\s\S]*\S)[\t\n\r -~\u00a0-\uffff]+$/;
const ENV_VALUE = /^[\t\n\r -~\u00a0-\uffff]*$/;
/** The rules of `git check-ref-format`, as far as a branch name goes. */
const BRANCH = /^(?![/.-])(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\]+(?<![/.])$/;
const TEAM = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[a-z0-9][a-z0-9_-]{0,99}$/;
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\[bot\])?$/;
const TYPE_NAME = /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/;

export const MAPPING = 'a mapping';

export const NOT_READY =
  'an id other than ready: the label session:ready asks for every ready module';

/** A text that matches a pattern; both its limits are told in one sentence. */
function matching(pattern: RegExp, max: number, message: string) {
  return v.pipe(v.string(message), v.regex(pattern, message), v.maxLength(max, message));
}

export function line(max: number) {
  return matching(LINE, max, `a text on one line, of 1 to ${max} characters`);
}

export function wholeNumber(min: number, max: number) {
  const message = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(min, message),
    v.maxValue(max, message),
  );
}

export function listOf<const TItem extends v.GenericSchema>(item: TItem, min = 0, max = MAX_LIST) {
  const message = min === 0 ? 'a list' : `a list of at least ${min}`;
  return v.pipe(
    v.array(item, message),
    v.minLength(min, message),
    v.maxLength(max, `a list of at most ${max}`),
  );
}

/** A schema with the sentence that editors show for it. */
export function described<const TSchema extends v.GenericSchema>(schema: TSchema, text: string) {
  return v.pipe(schema, v.description(text));
}

export const flag = v.boolean('true or false');

export const moduleId = v.pipe(
  v.string(ID),
  v.regex(KEBAB, ID),
  v.maxLength(MAX_ID_LENGTH, ID),
  v.notValue('ready', NOT_READY),
);

/** The id of a command, a gate, a failure type or an escalation target. */
export const commandId = matching(KEBAB, MAX_ID_LENGTH, ID);

/** Goes into commands as it is, so that nothing but letters and digits may be in it. */
export const className = matching(
  /^[A-Z][A-Za-z0-9]*$/,
  100,
  'a PascalCase name of letters and digits, such as PlexAuth',
);

export const typeName = matching(TYPE_NAME, 200, 'the name of a type, such as PlexToken');
export const commandText = matching(COMMAND, 10_000, 'a text that is not empty');
export const branch = matching(BRANCH, 200, 'the name of a branch, such as main');
export const login = matching(LOGIN, 110, 'a GitHub login without its @, such as octocat');
export const team = matching(TEAM, 140, 'an organization and its team, such as acme/planners');
export const githubLabel = line(50);
export const duration = matching(
  DURATION,
  8,
  'a duration of s, m, h or d, such as 90s, 10m or 72h',
);

export const repositoryPath = matching(
  PATH,
  300,
  'a path relative to the repository’s root, with forward slashes and without `.` and `..`',
);

/** A path that sessions or we write to. */
export const ownPath = matching(
  OWN_PATH,
  300,
  'a path relative to the repository’s root, outside .github/, without `.` and `..`',
);

export const workflowFile = matching(
  /^[\w.-]+\.ya?ml$/,
  100,
  'the name of a file in .github/workflows, such as coder.yml',
);

export const environment = v.record(
  matching(/^[A-Za-z_][A-Za-z0-9_]*$/, 200, 'the name of an environment variable'),
  v.union(
    [v.pipe(v.string(), v.regex(ENV_VALUE), v.maxLength(10_000)), v.number(), v.boolean()],
    'a text or a number',
  ),
  MAPPING,
);
