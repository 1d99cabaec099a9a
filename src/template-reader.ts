import type { UserTemplates } from './documents/template.ts';
import type { Problem } from './domain/problem.ts';
import type { TemplateFiles } from './domain/template-file.ts';
import { TEMPLATES_FOLDER } from './domain/templates-folder.ts';

/** Compiles the user's own templates while they are checked, and keeps those that can be used. */
export function templateReader() {
  let found: UserTemplates = {};
  return {
    found: () => found,
    check: async (files: TemplateFiles): Promise<readonly Problem[]> => {
      const { templates, problems } = await compileTemplates(files);
      found = templates;
      return problems;
    },
  };
}

/** The parser for them is loaded only where a repository has templates of its own. */
async function compileTemplates(files: TemplateFiles) {
  if (files.size === 0) return { templates: {}, problems: [] };
  const { compileUserTemplates } = await import('./documents/user-templates/compile.ts');
  return compileUserTemplates(files, TEMPLATES_FOLDER);
}
