import { message, type NoData } from './message.ts';

/** What a run comes to where neither GitHub nor the user's files are to blame. */
export const RUN_MESSAGES = {
  infrastructure: message({
    says: (_: NoData) => 'The runner, the network or the set-up failed, not the code.',
    fix: () =>
      'mend what kept it from running, then comment `/session verify` here, or push again.',
  }),
  unexpected: message({
    says: ({ said }: { readonly said: string }) => said,
    fix: () =>
      'Run it again with debug logging; if it stays, open an issue with the log at https://github.com/sessionwright/sessionwright/issues.',
  }),
};
