/** Where a user's own templates lie on the base branch. */
export const TEMPLATES_FOLDER = '.github/sessionwright/templates';
