import type { PageLine, PageModule } from '../page.ts';

/** Fills the panel with a module: where it stands, what it rests on, and each attempt that is over. */
export function showDetails(
  panel: HTMLElement,
  module: PageModule,
  { dependents, close }: { readonly dependents: readonly string[]; readonly close: () => void },
): void {
  const button = element('button', 'Close');
  button.className = 'close';
  button.addEventListener('click', close);
  panel.replaceChildren(
    button,
    element('h2', module.name),
    factsOf(module, dependents),
    ...linkOf(module),
    element('h3', 'History'),
    historyOf(module),
  );
  panel.hidden = false;
  panel.focus();
}

function factsOf(module: PageModule, dependents: readonly string[]): HTMLElement {
  const { id, status, attempt, maxAttempts, dependsOn, waitsFor, note } = module;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Module', id],
    ['Status', status],
    ['Attempt', attempt === 0 ? null : `${String(attempt)} of ${String(maxAttempts)}`],
    ['Rests on', dependsOn.join(', ')],
    ['Needed by', dependents.join(', ')],
    ['Waiting for', waitsFor],
    ['Note', note],
  ];
  const list = document.createElement('dl');
  for (const [name, value] of facts) {
    if (value !== null && value !== '') list.append(element('dt', name), element('dd', value));
  }
  return list;
}

/** As `threadUrl` chooses: where issues are off, a blocked module's question stands on its pull request. */
function linkOf({ address, status, escalation }: PageModule): readonly HTMLElement[] {
  if (address === null) return [];
  const isQuestion = status === 'blocked' && escalation !== null;
  return [lineOf('p', { text: isQuestion ? 'Its escalation' : 'Its pull request', address })];
}

function historyOf({ history }: PageModule): HTMLElement {
  if (history.length === 0) return element('p', 'No attempt is over yet.');
  const list = document.createElement('ol');
  for (const { what, said } of history) {
    const item = element('li', what);
    for (const line of said) {
      const told = lineOf('div', line);
      told.className = 'quiet';
      item.append(told);
    }
    list.append(item);
  }
  return list;
}

function lineOf(name: string, { text, address }: PageLine): HTMLElement {
  if (address === null) return element(name, text);
  const link = element('a', text);
  link.setAttribute('href', address);
  const line = document.createElement(name);
  line.append(link);
  return line;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
