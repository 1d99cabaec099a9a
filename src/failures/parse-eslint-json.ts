import * as v from 'valibot';
import { cutMessage, MAX_DIAGNOSTICS } from './findings.ts';
import type { Findings } from './findings.ts';
import { sourcePath } from './source-path.ts';
import type { Place } from './source-path.ts';

const MESSAGE = v.object({
  ruleId: v.nullish(v.string(), null),
  severity: v.number(),
  message: v.string(),
  line: v.nullish(v.number(), null),
  column: v.nullish(v.number(), null),
});

const FILES = v.array(v.object({ filePath: v.string(), messages: v.array(MESSAGE) }));

/** `json` is the list itself, `json-with-metadata` holds it beside the rules. */
const REPORT = v.union([FILES, v.object({ results: FILES })]);

/** Reads ESLint's `json` and `json-with-metadata` formats; null where the value is neither. */
export function parseEslintJson(value: unknown, place: Place): Findings | null {
  const parsed = v.safeParse(REPORT, value, { abortEarly: true });
  if (!parsed.success) return null;
  const files = Array.isArray(parsed.output) ? parsed.output : parsed.output.results;
  const diagnostics = files.flatMap(({ filePath, messages }) => {
    const file = sourcePath(filePath, place);
    return messages.map((message) => ({
      file,
      line: message.line,
      column: message.column,
      severity: message.severity === 1 ? ('warning' as const) : ('error' as const),
      code: message.ruleId,
      message: cutMessage(message.message),
    }));
  });
  return { diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS), testsRun: null };
}
