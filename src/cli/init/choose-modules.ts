import { DEFAULT_PATHS } from '../../domain/config-defaults.ts';
import type { Files } from '../../local/files.ts';
import { readText } from '../../local/pack.ts';
import { UsageError } from '../command.ts';
import type { Asker } from '../io.ts';
import { modulesOfPrompts, parseModules, type NewModule } from './new-modules.ts';
import { stop } from './stop.ts';

const FIRST_MODULE = 'First Module';

/** Those that are named, else one for each prompt that is there already, else those that somebody names. */
export async function chooseModules(
  asker: Asker | null,
  here: Files,
  { modules: named }: { readonly modules?: string },
): Promise<readonly NewModule[]> {
  if (named !== undefined) return parsed(named);
  const text = await readText(here, DEFAULT_PATHS.prompts);
  const found = text === null ? [] : modulesOfPrompts(text, DEFAULT_PATHS.prompts);
  if (found.length > 0 && (await areMeant(asker, found))) return found;
  return parsed(asker === null ? FIRST_MODULE : await askNames(asker));
}

async function areMeant(asker: Asker | null, found: readonly NewModule[]): Promise<boolean> {
  if (asker === null) return true;
  const names = found.map(({ name }) => name).join(', ');
  const question = `${DEFAULT_PATHS.prompts} has a prompt for each of: ${names}. Are these the modules?`;
  return (await asker.confirm(question, true)) ?? stop();
}

async function askNames(asker: Asker): Promise<string> {
  const answer = await asker.text(
    'Which modules are to be built? Names, with commas between them',
    {
      initial: FIRST_MODULE,
      check: (text) => {
        const checked = parseModules(text);
        return checked.ok ? null : checked.reason;
      },
    },
  );
  return answer ?? stop();
}

function parsed(names: string): readonly NewModule[] {
  const modules = parseModules(names);
  if (modules.ok) return modules.modules;
  throw new UsageError(modules.reason, 'Write their names with commas between them.');
}
