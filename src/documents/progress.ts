import type { Status } from '../domain/implementation-state.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Rounded down: a hundred means all. */
  readonly percent: number;
}

const BAR_CELLS = 20;

export function progressOf(modules: readonly { readonly status: Status }[]): Progress {
  const done = modules.filter(({ status }) => status === 'complete').length;
  const total = modules.length;
  return { done, total, percent: total === 0 ? 0 : Math.floor((done / total) * 100) };
}

/** `███████░░░░░░░░░░░░░`; full only where all is done. */
export function progressBar({ done, total }: Progress): string {
  const cells = total === 0 ? 0 : Math.floor((done / total) * BAR_CELLS);
  return `${'█'.repeat(cells)}${'░'.repeat(BAR_CELLS - cells)}`;
}
