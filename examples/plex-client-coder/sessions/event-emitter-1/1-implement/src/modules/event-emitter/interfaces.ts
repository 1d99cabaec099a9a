import type { EventListener, Unsubscribe } from '../../types/index.js';

/** What became of one `emit`. */
export interface IEmitReport {
  /** Listeners that ran to their end. */
  readonly delivered: number;
  /** What the other listeners threw, in the order they were called. */
  readonly failures: readonly unknown[];
}

export interface IEventEmitterOptions {
  /** Listeners per event above which a leak is suspected. */
  readonly maxListeners?: number;
  /** Told once per event, when its listeners first exceed `maxListeners`. */
  readonly onLeakSuspected?: (event: string, listeners: number) => void;
}

export interface IEventEmitter<TEvents extends object> {
  /** Calls the listener on every emit of the event, until it is taken off. */
  on<TName extends keyof TEvents>(
    event: TName,
    listener: EventListener<TEvents[TName]>,
  ): Unsubscribe;

  /** Calls the listener on the next emit of the event, and takes it off. */
  once<TName extends keyof TEvents>(
    event: TName,
    listener: EventListener<TEvents[TName]>,
  ): Unsubscribe;

  /** Takes the listener off; tells whether it was on. */
  off<TName extends keyof TEvents>(event: TName, listener: EventListener<TEvents[TName]>): boolean;

  /** Calls the event's listeners in the order they were registered. */
  emit<TName extends keyof TEvents>(event: TName, payload: TEvents[TName]): IEmitReport;

  /** How many listeners the event has. */
  listenerCount(event: keyof TEvents): number;

  /** Takes every listener of every event off. */
  clear(): void;
}
