import { confirm, isCancel, text } from '@clack/prompts';
import type { Asker } from './io.ts';

/** Asks on the terminal. */
export const clackAsker: Asker = {
  async text(message, { initial, check }) {
    const answer = await text({
      message,
      placeholder: initial,
      defaultValue: initial,
      validate: (given) => {
        if (given === undefined || given === '') return undefined;
        return check(given) ?? undefined;
      },
    });
    return isCancel(answer) ? null : answer;
  },
  async confirm(message, initialValue) {
    const answer = await confirm({ message, initialValue });
    return isCancel(answer) ? null : answer;
  },
};
