import { configFacts, type ConfigFacts } from '../domain/config-facts.ts';
import { validateSources } from '../domain/read-spec.ts';
import type { Checkout } from '../local/checkout.ts';
import { workingTree } from '../local/files.ts';
import { readPack } from '../local/pack.ts';
import { templateReader } from '../template-reader.ts';

/** Config, spec pack and templates as they lie in a checkout, committed or not. */
export async function validateCheckout(
  { root }: Pick<Checkout, 'root'>,
  path: string,
): Promise<ConfigFacts> {
  const { source, templates } = await readPack(workingTree(root), path);
  const sources = { ...source, templates };
  const tools = { checkTemplates: templateReader().check };
  const file = { path, content: source.config };
  return configFacts(source.config, await validateSources(file, sources, tools));
}
