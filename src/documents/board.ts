import type { DashboardModule } from './dashboard.ts';

/** The modules by what is to be done about them; each is in one group, and each group in the config's order. */
export interface Board<Module> {
  readonly running: readonly Module[];
  /** Asked for, and not begun. */
  readonly waiting: readonly Module[];
  /** Could be asked for. */
  readonly ready: readonly Module[];
  readonly blocked: readonly Module[];
  /** Neither asked for nor ready. */
  readonly unasked: readonly Module[];
  readonly done: readonly Module[];
}

export function boardOf<Module extends Pick<DashboardModule, 'status' | 'requested' | 'ready'>>(
  modules: readonly Module[],
): Board<Module> {
  const pending = modules.filter(({ status }) => status === 'pending');
  const free = pending.filter(({ requested }) => !requested);
  return {
    running: modules.filter(({ status }) => status === 'in-progress' || status === 'review'),
    waiting: pending.filter(({ requested }) => requested),
    ready: free.filter(({ ready }) => ready),
    blocked: modules.filter(({ status }) => status === 'blocked'),
    unasked: free.filter(({ ready }) => !ready),
    done: modules.filter(({ status }) => status === 'complete'),
  };
}
