import { describe, expect, it } from '@jest/globals';
import { commandEnvironment } from '../../../src/verification/command-environment.ts';
import { shellOf } from '../../../src/verification/shell.ts';

describe('commandEnvironment', () => {
  it.each([
    'GITHUB_TOKEN',
    'GITHUB_OUTPUT',
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_EVENT_PATH',
    'INPUT_GITHUB-TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'RUNNER_TEMP',
    'NODE_AUTH_TOKEN',
    'NPM_TOKEN',
    'SSH_AUTH_SOCK',
    'BASH_ENV',
  ])('keeps %s from a command', (name) => {
    expect(commandEnvironment({ [name]: 'canary' }, {})).not.toHaveProperty(name);
  });

  it.each([
    'PATH',
    'HOME',
    'LANG',
    'LC_ALL',
    'TMPDIR',
    'CI',
    'TZ',
    'NODE_OPTIONS',
    'RUNNER_TRACKING_ID',
  ])('hands %s on', (name) => {
    expect(commandEnvironment({ [name]: 'value' }, {})).toHaveProperty(name, 'value');
  });

  it.each(['HTTPS_PROXY', 'https_proxy', 'http_proxy', 'ALL_PROXY'])(
    'hands %s on, unless it holds a credential',
    (name) => {
      const open = 'http://proxy.example:3128';
      expect(commandEnvironment({ [name]: open }, {})).toHaveProperty(name, open);
      const closed = 'http://user:canary@proxy.example:3128';
      expect(commandEnvironment({ [name]: closed }, {})).not.toHaveProperty(name);
    },
  );

  it("lets a command's own variables win", () => {
    expect(commandEnvironment({ PATH: '/bin' }, { PATH: '/own', TERM: 'xterm' })).toEqual({
      PATH: '/own',
      NO_COLOR: '1',
      TERM: 'xterm',
    });
  });
});

describe('shellOf', () => {
  it.each([
    [null, 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c']],
    ['sh', 'sh', ['-e', '-c']],
    ['python3 -u', 'python3', ['-u', '-c']],
    ['zsh', 'zsh', ['-c']],
  ])('reads %s', (configured, file, args) => {
    expect(shellOf(configured)).toEqual({ file, args });
  });
});
