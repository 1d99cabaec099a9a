/** Put on every issue of ours, so that one look tells whether a repository knows us. */
export const OUR_LABEL = 'sessionwright';

/** In a label: every ready module. It is therefore no module's id. */
export const READY = 'ready';
