export { EventEmitter } from './EventEmitter.js';
export type { IEmitReport, IEventEmitter, IEventEmitterOptions } from './interfaces.js';
