import assert from 'node:assert/strict';
import { err, fail, ok } from '../result.js';

describe('result', () => {
  it('carries the value of a success', () => {
    assert.deepEqual(ok(7), { ok: true, value: 7 });
  });

  it('carries the error of a failure', () => {
    assert.deepEqual(err('no'), { ok: false, error: 'no' });
  });

  it('leaves out the details that a failure does not have', () => {
    assert.deepEqual(fail('not-found', 'No such item.', { status: 404 }), {
      ok: false,
      error: { code: 'not-found', message: 'No such item.', status: 404 },
    });
    assert.deepEqual(Object.keys(fail('network', 'Down.').error), ['code', 'message']);
  });
});
