import assert from 'node:assert/strict';
import { EventEmitter } from '../index.js';

interface ITestEvents {
  readonly ping: number;
  readonly pong: string;
}

describe('EventEmitter', () => {
  it('calls the listeners of an event in the order they were registered', () => {
    const events = new EventEmitter<ITestEvents>();
    const calls: string[] = [];
    events.on('ping', (value) => calls.push(`first ${value}`));
    events.on('ping', (value) => calls.push(`second ${value}`));
    events.on('pong', (value) => calls.push(value));

    assert.deepEqual(events.emit('ping', 7), { delivered: 2, failures: [] });
    assert.deepEqual(calls, ['first 7', 'second 7']);
  });

  it('delivers to nobody when an event has no listener', () => {
    const events = new EventEmitter<ITestEvents>();
    assert.deepEqual(events.emit('pong', 'x'), { delivered: 0, failures: [] });
  });

  it('counts a listener that is registered twice once, and lets it stay after `once`', () => {
    const events = new EventEmitter<ITestEvents>();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    events.once('ping', listener);
    events.on('ping', listener);
    events.once('ping', listener);
    assert.equal(events.listenerCount('ping'), 1);
    events.emit('ping', 1);
    events.emit('ping', 2);
    assert.equal(calls, 2);
  });

  it('calls a `once` listener once, also when it emits the same event again', () => {
    const events = new EventEmitter<ITestEvents>();
    let calls = 0;
    events.once('ping', (value) => {
      calls += 1;
      events.emit('ping', value + 1);
    });
    events.emit('ping', 1);
    assert.equal(calls, 1);
    assert.equal(events.listenerCount('ping'), 0);
  });

  it('stops calling a listener that was taken off, either way', () => {
    const events = new EventEmitter<ITestEvents>();
    const listener = (): void => assert.fail('was taken off');
    const unsubscribe = events.on('ping', listener);
    unsubscribe();
    unsubscribe();
    events.on('ping', listener);
    assert.equal(events.off('ping', listener), true);
    assert.equal(events.off('ping', listener), false);
    assert.deepEqual(events.emit('ping', 1), { delivered: 0, failures: [] });
  });

  it('reports what a listener throws and still calls the others', () => {
    const events = new EventEmitter<ITestEvents>();
    const thrown = new Error('broken listener');
    let called = false;
    events.on('ping', () => {
      throw thrown;
    });
    events.on('ping', () => void (called = true));
    assert.deepEqual(events.emit('ping', 1), { delivered: 1, failures: [thrown] });
    assert.equal(called, true);
  });

  it('leaves out listeners added during an emit, and those removed before their turn', () => {
    const events = new EventEmitter<ITestEvents>();
    const calls: string[] = [];
    const late = (): void => void calls.push('late');
    const removed = (): void => void calls.push('removed');
    events.on('ping', () => {
      events.on('ping', late);
      events.off('ping', removed);
    });
    events.on('ping', removed);
    events.emit('ping', 1);
    assert.deepEqual(calls, []);
    events.emit('ping', 2);
    assert.deepEqual(calls, ['late']);
  });

  it('takes every listener off on clear, also in the middle of an emit', () => {
    const events = new EventEmitter<ITestEvents>();
    events.on('ping', () => events.clear());
    events.on('ping', () => assert.fail('was cleared'));
    events.on('pong', () => assert.fail('was cleared'));
    assert.deepEqual(events.emit('ping', 1), { delivered: 1, failures: [] });
    assert.equal(events.emit('pong', 'x').delivered, 0);
  });

  it('suspects a leak once per event', () => {
    const suspicions: string[] = [];
    const events = new EventEmitter<ITestEvents>({
      maxListeners: 1,
      onLeakSuspected: (event, listeners): void => void suspicions.push(`${event}: ${listeners}`),
    });
    events.on('ping', () => undefined);
    assert.deepEqual(suspicions, []);
    events.on('ping', () => undefined);
    events.on('ping', () => undefined);
    assert.deepEqual(suspicions, ['ping: 2']);
  });
});
