import codingAgent from '../../../templates/agents/coding-agent.md';
import planningAgent from '../../../templates/agents/planning-agent.md';
import { DEFAULT_PATHS } from '../../domain/config-defaults.ts';
import type { Config } from '../../domain/config.ts';
import { renderConfig } from './config-file.ts';
import type { GitHubKind } from './github-kind.ts';
import type { NewModule } from './new-modules.ts';
import type { Project } from './project.ts';
import { renderHandoff, renderPrompts, renderSharedTypes } from './spec-pack-files.ts';
import { renderWorkflow } from './workflow-file.ts';

export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}

export interface NewRepository {
  readonly configPath: string;
  readonly base: string;
  readonly defaultBranch: string;
  readonly on: GitHubKind;
  readonly project: Project;
  readonly modules: readonly NewModule[];
  /** Whether the shared types are those that are written here. */
  readonly ownTypes: boolean;
  /** Of a config that is there and good: what is missing beside it is written where it says. */
  readonly config: Pick<Config, 'paths'> | null;
}

/** Every file that a first session needs, whether it is there already or not. */
export function planFiles(repository: NewRepository): readonly PlannedFile[] {
  const { configPath, base, defaultBranch, on, project, modules, ownTypes, config } = repository;
  const paths = config?.paths ?? DEFAULT_PATHS;
  return [
    {
      path: configPath,
      text: renderConfig(modules, project, {
        ownTypes,
        base: base === defaultBranch ? null : base,
      }),
    },
    { path: '.github/workflows/sessions.yml', text: renderWorkflow(base, project, on) },
    { path: paths.prompts, text: renderPrompts(modules) },
    { path: paths.types, text: renderSharedTypes() },
    ...modules.map((module) => ({
      path: `${paths.handoffs}/${module.id}.md`,
      text: renderHandoff(module),
    })),
    { path: paths.planningAgent, text: planningAgent },
    { path: paths.codingAgent, text: codingAgent },
  ];
}
