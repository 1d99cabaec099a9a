import { describe, expect, it } from '@jest/globals';
import { StateMovedError, StateNotWrittenError } from '../../../src/domain/errors.ts';
import { explainError } from '../../../src/github/explain-error.ts';

/** As Octokit throws what GitHub answers: https://github.com/octokit/request-error.js#usage-with-octokit */
function answered(status: number, headers: Readonly<Record<string, string>> = {}): Error {
  return Object.assign(new Error('Resource not accessible'), { status, response: { headers } });
}

/** As GraphQL tells of errors, with status 200: https://github.com/octokit/graphql.js#errors */
function graphql(type: string): Error {
  return Object.assign(new Error('Request failed'), { errors: [{ type, message: 'No.' }] });
}

describe('what was thrown is told as', () => {
  it.each([
    ['a token that GitHub does not know', answered(401), 'token-invalid'],
    ['a refusal', answered(403), 'permission-missing'],
    ['a refusal that hides what is there', answered(404), 'github-refused'],
    ['a limit', answered(403, { 'x-ratelimit-remaining': '0' }), 'rate-limited'],
    ['a limit that says how long to wait', answered(403, { 'retry-after': '60' }), 'rate-limited'],
    ['a limit by its own status', answered(429), 'rate-limited'],
    ['an outage', answered(502), 'github-unavailable'],
    ['a request that GitHub does not understand', answered(422), 'unexpected'],
    ['a refusal over GraphQL', graphql('FORBIDDEN'), 'permission-missing'],
    ['a refusal over GraphQL of what is not there', graphql('NOT_FOUND'), 'github-refused'],
    ['a limit over GraphQL', graphql('RATE_LIMITED'), 'rate-limited'],
    ['a defect of ours', new TypeError('x is not a function'), 'unexpected'],
    ['something that is no error', 'thrown', 'unexpected'],
  ])('%s', (_, thrown, code) => {
    expect(explainError(thrown)).toMatchObject({ code });
  });

  it('what it is, where it is an error of ours', () => {
    const error = new StateMovedError('sessionwright-state');
    expect(explainError(error)).toBe(error);
  });

  it('GitHub’s own words, and the permission that it names', () => {
    const error = answered(403, { 'x-accepted-github-permissions': 'issues=write' });
    expect(explainError(error).message).toContain(
      'Resource not accessible. It takes issues=write.',
    );
  });

  it('the refusal, where it kept the state from being written', () => {
    const error = new StateNotWrittenError('library: pending to in-progress', answered(403));
    expect(explainError(error)).toMatchObject({ code: 'permission-missing' });
  });

  it('the unwritten state, where something else kept it from being written', () => {
    const error = new StateNotWrittenError('library: pending to in-progress', answered(422));
    expect(explainError(error)).toBe(error);
  });
});
