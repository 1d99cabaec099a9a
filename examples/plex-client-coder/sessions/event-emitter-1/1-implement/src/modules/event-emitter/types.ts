import type { EventListener } from '../../types/index.js';

/** How long a registration lasts. */
export type Lifetime = 'always' | 'once';

/** The listeners of one event, in the order they were registered. */
export type Registrations<TPayload> = Map<EventListener<TPayload>, Lifetime>;

/** The listeners of every event that has had one. */
export type RegistrationTable<TEvents extends object> = {
  [TName in keyof TEvents]?: Registrations<TEvents[TName]>;
};
