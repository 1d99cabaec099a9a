import type { Progress } from '../progress.ts';
import type { AttemptOutcome, Status } from '../../domain/implementation-state.ts';
import { threadUrl } from '../links.ts';

/** What the picture and the page of the modules show; nothing in it tells the time of a run. */
export interface GraphView {
  readonly title: string;
  /** Null on a checkout that belongs to no repository on GitHub: then nothing is linked. */
  readonly repositoryUrl: string | null;
  /** In the config's order. */
  readonly modules: readonly GraphPageModule[];
  /** The longest chain of modules still to be done, first to last. */
  readonly criticalPath: readonly string[];
}

export interface GraphPageModule {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly dependsOn: readonly string[];
  /** 0 before the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly pullRequest: number | null;
  readonly escalation: number | null;
  /** Why it is not further, in a few words; null where there is nothing to say. */
  readonly waitsFor: string | null;
  readonly note: string | null;
  /** Attempts that are over, oldest first. */
  readonly history: readonly GraphPageAttempt[];
}

export interface GraphPageAttempt {
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  readonly failureType: string | null;
  readonly issue: string | null;
  readonly resolution: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string;
  readonly pullRequest: number | null;
  readonly escalation: number | null;
}

/** Null where there is none to link to. */
export function addressOf({ repositoryUrl }: GraphView, module: GraphPageModule): string | null {
  return repositoryUrl === null ? null : threadUrl(repositoryUrl, module);
}

/** `3 of 8 modules complete, 37 %`. */
export function progressWords({ done, total, percent }: Progress): string {
  return `${String(done)} of ${String(total)} modules complete, ${String(percent)} %`;
}
