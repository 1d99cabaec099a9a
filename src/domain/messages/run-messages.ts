import { message, type NoData } from './message.ts';

/** What a run comes to where neither GitHub nor the user's files are to blame. */
export const RUN_MESSAGES = {
  infrastructure: message({
    title: 'A head could not be verified',
    says: (_: NoData) => 'The runner, the network or the set-up failed, not the code.',
    why: 'A command was not found, the set-up script failed, the network or the machine gave up, or the verify job ended without a result. It says nothing of the code: no attempt is spent and nothing is counted. The head is run again twice by itself.',
    fix: () =>
      'mend what kept it from running, then comment `/session verify` here, or push again.',
    example: {},
  }),
  unexpected: message({
    title: 'Something went wrong that nobody foresaw',
    says: ({ said }: { readonly said: string }) => said,
    why: 'A defect of the action, or an answer that GitHub is not known to give. The state is whole all the same: it is written in single commits, and the next run goes on from the last.',
    fix: () =>
      'Run it again with debug logging; if it stays, open an issue with the log at https://github.com/sessionwright/sessionwright/issues.',
    example: { said: 'The gate on the prompt of plex-auth did not hold.' },
  }),
};
