import type { UnreadableFile } from '../../../../src/domain/spec-file.ts';
import { formatProblem } from '../../../../src/domain/problem.ts';
import type { Template, TemplateName } from '../../../../src/documents/template.ts';
import { compileUserTemplates } from '../../../../src/documents/user-templates/compile.ts';

/** The five rows without which no orchestration document is accepted. */
export const METADATA = `| Field | Value |
| :--- | :--- |
| **Module ID** | [module-id] |
| **Session ID** | [UUID-v4] |
| **Started** | [ISO timestamp] |
| **Attempt** | [N] of 3 |
| **Planning Agent Version** | [version] |
`;

/** The same in Handlebars. */
export const HANDLEBARS_METADATA = `| Field | Value |
| :--- | :--- |
| **Module ID** | {{moduleId}} |
| **Session ID** | {{sessionId}} |
| **Started** | {{startedAt}} |
| **Attempt** | {{attempt}} of {{maxAttempts}} |
| **Planning Agent Version** | {{plannerVersion}} |
`;

/** What is wrong with one file, each problem in the form that users see. */
export function problemsOf(file: string, text: string | UnreadableFile): readonly string[] {
  const { problems } = compileUserTemplates(new Map([[file, text]]), '.github/templates');
  return problems.map(formatProblem);
}

/** A template that has no problems. */
export function templateOf(name: TemplateName, file: string, text: string): Template {
  const { templates, problems } = compileUserTemplates(new Map([[file, text]]), 't');
  const template = templates[name];
  if (template === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return template;
}
