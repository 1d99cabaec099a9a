const KEY = 'sessionwright-theme';

/** Light or dark, as the reader's system has it until the button says otherwise; remembered where the browser may. */
export function switchTheme(button: HTMLElement): void {
  const root = document.documentElement;
  const kept = recall();
  if (kept !== null) root.dataset['theme'] = kept;
  label();
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    remember(root.dataset['theme']);
    label();
  });

  function isDark(): boolean {
    const chosen = root.dataset['theme'];
    return chosen === undefined
      ? matchMedia('(prefers-color-scheme: dark)').matches
      : chosen === 'dark';
  }

  function label(): void {
    button.textContent = isDark() ? 'Light' : 'Dark';
  }
}

/** A page opened from a file may be refused its storage. */
function recall(): 'light' | 'dark' | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this visit.
  }
}
