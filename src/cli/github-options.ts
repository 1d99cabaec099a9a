import type { Command } from 'commander';

/** What commands that look at GitHub may be told. */
export interface GitHubOptions {
  /** `owner/name`. */
  readonly github?: string;
  readonly author: string;
}

/** What is written under a workflow's own token bears this login. */
const ACTIONS_LOGIN = 'github-actions[bot]';

/** The options of every command that reads what the action wrote on GitHub; `github` says when it does. */
export function withGitHub(command: Command, github: string): Command {
  return command
    .option('--github <owner/name>', github)
    .option(
      '--author <login>',
      'on GitHub, whom the action writes as: an App’s login with its [bot], where one does',
      ACTIONS_LOGIN,
    );
}

/** Of commands that look at the checkout unless told otherwise. */
export function orAtGitHub(command: Command): Command {
  return withGitHub(
    command,
    'look at GitHub in place of the checkout, with the token in GITHUB_TOKEN or GH_TOKEN',
  );
}
