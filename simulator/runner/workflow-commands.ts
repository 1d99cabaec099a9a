/** A workflow command found in a line of output. */
interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** What a job shows beside its log. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What commands may do to the step that printed them. */
export interface CommandEffects {
  mask(value: string): void;
  annotate(annotation: Annotation): void;
  output(name: string, value: string): void;
  fail(message: string): void;
}

const ANNOTATIONS: readonly string[] = ['error', 'warning', 'notice'];
const DISABLED: readonly string[] = ['set-env', 'add-path'];
const SHOWN: readonly string[] = ['group', 'endgroup', 'debug'];
const SILENT: readonly string[] = [
  'add-mask',
  'echo',
  'add-matcher',
  'remove-matcher',
  'save-state',
];
const STOP = 'stop-commands';
const REGISTERED: readonly string[] = [
  ...ANNOTATIONS,
  ...DISABLED,
  ...SHOWN,
  ...SILENT,
  'set-output',
  STOP,
];

/**
 * Reads a step's output line by line and answers the line as the log shows it, or null for one that
 * it does not. Between `::stop-commands::token` and `::token::` nothing is obeyed.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function createCommandReader(effects: CommandEffects): (line: string) => string | null {
  let stopToken: string | null = null;
  return (line) => {
    const command = parseCommand(line, stopToken === null ? REGISTERED : [stopToken]);
    if (!command) return line;
    if (stopToken !== null) {
      stopToken = null;
      return line;
    }
    if (command.name !== STOP) return obey(command, effects);
    if (isWeakToken(command.data)) {
      effects.fail(`Invoked ::stop-commands:: with token: [${command.data}]`);
      return line;
    }
    stopToken = command.data.toLowerCase();
    return line;
  };
}

/** The runner refuses a token that a command could spell by accident. */
function isWeakToken(token: string): boolean {
  return token === '' || token === 'pause-logging' || REGISTERED.includes(token.toLowerCase());
}

function obey(command: WorkflowCommand, effects: CommandEffects): string | null {
  const { name, data, properties } = command;
  if (isLevel(name)) {
    effects.annotate({ level: name, message: data, properties });
    return `##[${name}]${data}`;
  }
  if (name === 'add-mask') {
    if (data.trim() !== '') effects.mask(data);
    return null;
  }
  if (name === 'set-output') {
    if (properties['name']) effects.output(properties['name'], data);
    else effects.fail("Required field 'name' is missing in ##[set-output] command.");
    return null;
  }
  if (DISABLED.includes(name)) {
    effects.fail(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
    return null;
  }
  return SHOWN.includes(name) ? `##[${name}]${data}` : null;
}

function isLevel(name: string): name is AnnotationLevel {
  return ANNOTATIONS.includes(name);
}

/**
 * The command of a line, `::name key=value::data` at its start or `##[name key=value]data` anywhere,
 * if its name is one of those known.
 */
function parseCommand(line: string, known: readonly string[]): WorkflowCommand | null {
  const trimmed = line.trimStart();
  const modern = /^::([^:]*(?::(?!:)[^:]*)*)::(.*)$/su.exec(trimmed);
  const legacy = /##\[([^\]]*)\](.*)$/su.exec(line);
  return (
    (modern ? commandOf(modern[1] ?? '', modern[2] ?? '', MODERN, known) : null) ??
    (legacy ? commandOf(legacy[1] ?? '', legacy[2] ?? '', LEGACY, known) : null)
  );
}

interface Dialect {
  readonly separator: string;
  readonly data: readonly (readonly [string, string])[];
  readonly property: readonly (readonly [string, string])[];
}

const LINE_BREAKS = [
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const;
const PERCENT = ['%25', '%'] as const;
const LEGACY_ESCAPES = [['%3B', ';'], ...LINE_BREAKS, ['%5D', ']'], PERCENT] as const;
const MODERN: Dialect = {
  separator: ',',
  data: [...LINE_BREAKS, PERCENT],
  property: [...LINE_BREAKS, ['%3A', ':'], ['%2C', ','], PERCENT],
};
const LEGACY: Dialect = { separator: ';', data: LEGACY_ESCAPES, property: LEGACY_ESCAPES };

function commandOf(
  head: string,
  data: string,
  dialect: Dialect,
  known: readonly string[],
): WorkflowCommand | null {
  const space = head.indexOf(' ');
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!known.includes(name)) return null;
  const properties: Record<string, string> = {};
  for (const pair of space < 0 ? [] : head.slice(space + 1).split(dialect.separator)) {
    const equals = pair.indexOf('=');
    if (equals <= 0) continue;
    properties[pair.slice(0, equals).trim().toLowerCase()] = unescape(
      pair.slice(equals + 1),
      dialect.property,
    );
  }
  return { name, properties, data: unescape(data, dialect.data) };
}

function unescape(text: string, escapes: Dialect['data']): string {
  return escapes.reduce((result, [token, character]) => result.replaceAll(token, character), text);
}
