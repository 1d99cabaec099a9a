import type { EventListener, IPlexEvents, Unsubscribe } from '../../types/index.js';
import { DEFAULT_MAX_LISTENERS } from './constants.js';
import { callListener } from './helpers.js';
import type { IEmitReport, IEventEmitter, IEventEmitterOptions } from './interfaces.js';
import type { Lifetime, RegistrationTable } from './types.js';

/** Typed events, delivered synchronously; one listener's failure never reaches another. */
export class EventEmitter<TEvents extends object = IPlexEvents> implements IEventEmitter<TEvents> {
  private _table = {} as RegistrationTable<TEvents>;
  private readonly _suspected = new Set<keyof TEvents>();
  private readonly _options: IEventEmitterOptions;

  constructor(options: IEventEmitterOptions = {}) {
    this._options = options;
  }

  /** Calls the listener on every emit; the same listener counts once, and `on` outlasts `once`. */
  on<TName extends keyof TEvents>(
    event: TName,
    listener: EventListener<TEvents[TName]>,
  ): Unsubscribe {
    return this._register(event, listener, 'always');
  }

  /** Calls the listener on the next emit only; a listener that is already on stays as it is. */
  once<TName extends keyof TEvents>(
    event: TName,
    listener: EventListener<TEvents[TName]>,
  ): Unsubscribe {
    if (this._table[event]?.has(listener)) {
      return (): void => void this.off(event, listener);
    }
    return this._register(event, listener, 'once');
  }

  /** Takes the listener off; tells whether it was on. */
  off<TName extends keyof TEvents>(event: TName, listener: EventListener<TEvents[TName]>): boolean {
    return this._table[event]?.delete(listener) ?? false;
  }

  /** Calls the listeners that were on when the emit began and are still on when their turn comes. */
  emit<TName extends keyof TEvents>(event: TName, payload: TEvents[TName]): IEmitReport {
    const registrations = this._table[event];
    if (registrations === undefined) return { delivered: 0, failures: [] };

    let delivered = 0;
    const failures: unknown[] = [];
    for (const [listener, lifetime] of [...registrations]) {
      if (!registrations.has(listener)) continue;
      if (lifetime === 'once') registrations.delete(listener);
      const outcome = callListener(listener, payload);
      if (outcome.ok) delivered += 1;
      else failures.push(outcome.error);
    }
    return { delivered, failures };
  }

  /** How many listeners the event has. */
  listenerCount(event: keyof TEvents): number {
    return this._table[event]?.size ?? 0;
  }

  /** Takes every listener of every event off, also in the middle of an emit. */
  clear(): void {
    for (const event of Object.keys(this._table) as (keyof TEvents)[]) {
      this._table[event]?.clear();
    }
    this._table = {};
    this._suspected.clear();
  }

  private _register<TName extends keyof TEvents>(
    event: TName,
    listener: EventListener<TEvents[TName]>,
    lifetime: Lifetime,
  ): Unsubscribe {
    const registrations = this._table[event] ?? new Map<typeof listener, Lifetime>();
    registrations.set(listener, lifetime);
    this._table[event] = registrations;
    this._reportLeak(event, registrations.size);
    return (): void => void this.off(event, listener);
  }

  private _reportLeak(event: keyof TEvents, listeners: number): void {
    const limit = this._options.maxListeners ?? DEFAULT_MAX_LISTENERS;
    if (listeners <= limit || this._suspected.has(event)) return;
    this._suspected.add(event);
    this._options.onLeakSuspected?.(String(event), listeners);
  }
}
