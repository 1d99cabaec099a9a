import { bulletList, codeSpan } from './markdown.ts';

const EXPLANATIONS: Readonly<Record<string, string>> = {
  start: 'request a module; it starts as soon as its gates pass',
  halt: 'on a session’s pull request: stop the session and open an escalation',
  help: 'this list',
};

/** The commands with what each does; a form reads `/session <name> …`. */
export function renderCommandHelp(forms: readonly string[]): string {
  return bulletList(
    forms.map((form) => {
      const name = form.split(' ')[1] ?? '';
      const explanation = Object.hasOwn(EXPLANATIONS, name) ? EXPLANATIONS[name] : undefined;
      return explanation === undefined ? codeSpan(form) : `${codeSpan(form)}: ${explanation}`;
    }),
  );
}
