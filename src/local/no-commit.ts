/** Stands for a commit that is not there yet. */
export const NO_COMMIT = '0'.repeat(40);
