/** The branch that holds the implementation state, and nothing else. */
export const STATE_BRANCH = 'sessionwright-state';
