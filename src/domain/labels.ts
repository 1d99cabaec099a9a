/** Put on every issue of ours, so that one look tells whether a repository knows us. */
export const OUR_LABEL = 'sessionwright';
