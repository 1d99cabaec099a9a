import type { Config, Deliverable, ModuleConfig } from './config.ts';

/** A path with the module's names in place of the template's `[module-name]` and `[ModuleName]`. */
export function fillDeliverablePath(
  path: string,
  module: Pick<ModuleConfig, 'id' | 'className'>,
): string {
  return path
    .replaceAll('[module-name]', () => module.id)
    .replaceAll('[ModuleName]', () => module.className);
}

/** The files a module's session creates, under their real paths: its own list, or the config's. */
export function deliverablesOf(config: Config, module: ModuleConfig): readonly Deliverable[] {
  return (module.deliverables ?? config.deliverables).map((one) => ({
    ...one,
    path: fillDeliverablePath(one.path, module),
  }));
}
