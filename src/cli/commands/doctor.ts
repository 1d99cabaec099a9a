import { EXIT_CODES, examples, type AddCommand, type Context, type Outcome } from '../command.ts';
import { withGitHub, type GitHubOptions } from '../github-options.ts';

export const addDoctor: AddCommand = (program, act) => {
  withGitHub(program.command('doctor'), 'look at this repository alone, and at no checkout')
    .description('look at all settings that sessions depend on: each ✓, ✗ or ?, and what to change')
    .addHelpText(
      'after',
      examples([
        ['doctor', 'the checkout, and its repository where there is a token'],
        ['doctor --github octocat/plex', 'a repository on GitHub'],
        ['doctor --json', 'each finding, for programs'],
      ]),
    )
    .action((options: GitHubOptions) => act((context) => doctor(context, options)));
};

async function doctor(context: Context, options: GitHubOptions): Promise<Outcome> {
  const [{ factsFor }, { diagnose }, { findingsText }] = await Promise.all([
    import('../facts.ts'),
    import('../../decide/doctor/diagnose.ts'),
    import('../findings-text.ts'),
  ]);
  const facts = await factsFor(context, options);
  const findings = diagnose(facts);
  const isWell = findings.every(({ verdict }) => verdict !== 'wrong');
  return {
    exitCode: isWell ? EXIT_CODES.ok : EXIT_CODES.problems,
    text: findingsText(
      facts.repository.known ? facts.url : 'the checkout alone',
      findings,
      context,
    ),
    data: {
      command: 'doctor',
      repository: facts.checkout?.remote === null ? null : facts.url,
      findings,
    },
  };
}
