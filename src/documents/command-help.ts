import { isCommandName, type CommandName } from '../domain/commands.ts';
import { bulletList, codeSpan } from './markdown.ts';

const EXPLANATIONS: Readonly<Record<CommandName, string>> = {
  start: 'request a module; it starts as soon as its gates pass',
  retry:
    'another attempt: in place of the one that runs, after one that ended, or once a HALT is answered, which closes the escalation',
  halt: 'stop the session and open an escalation',
  verify: 'run the verification of the head once more',
  status: 'where the module is, and what it waits for',
  'ack-spec': 'hold the running session to the specification as the base has it now',
  cancel: 'end the session and close its pull request, or withdraw a request that waits',
  reopen: 'give a complete module back, to be built anew',
  complete: 'by an admin: declare a module complete that was built without a session',
  help: 'this list',
};

/** The commands with what each does; a form reads `/session <name> …`. */
export function renderCommandHelp(forms: readonly string[]): string {
  return bulletList(
    forms.map((form) => {
      const name = form.split(' ')[1] ?? '';
      return isCommandName(name) ? `${codeSpan(form)}: ${EXPLANATIONS[name]}` : codeSpan(form);
    }),
  );
}
