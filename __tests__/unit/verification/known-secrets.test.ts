import { describe, expect, it } from '@jest/globals';
import { knownSecrets } from '../../../src/verification/known-secrets.ts';

describe('knownSecrets', () => {
  it.each([
    ['GITHUB_TOKEN', 'ghs_canary'],
    ['INPUT_GITHUB-TOKEN', 'ghs_canary'],
    ['ACTIONS_RUNTIME_TOKEN', 'ghs_canary'],
    ['DEPLOY_SECRET', 'ghs_canary'],
    ['npm_config_api_key', 'ghs_canary'],
    ['DB_PASSWORD', 'ghs_canary'],
  ])('knows %s by its name', (name, value) => {
    expect(knownSecrets({ [name]: value })).toEqual([value]);
  });

  it('knows the password of an address, as written and as meant', () => {
    expect(knownSecrets({ HTTPS_PROXY: 'http://me:p%40ss-canary@proxy.example:3128' })).toEqual([
      'p%40ss-canary',
      'p@ss-canary',
    ]);
  });

  it.each([
    ['PATH', '/usr/bin:/bin'],
    ['GITHUB_SERVER_URL', 'https://github.com'],
    ['KEYBOARD', 'qwertz-layout'],
    ['SHORT_TOKEN', 'true'],
    ['EMPTY_TOKEN', ''],
  ])('takes %s for none', (name, value) => {
    expect(knownSecrets({ [name]: value })).toEqual([]);
  });
});
