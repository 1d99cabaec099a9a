import { load } from 'js-yaml';
import { configSchema } from '../../src/domain/config-schema.ts';
import type { CodeBlock } from './code-blocks.ts';

/** A whole of which a block shows all or a part. */
export type YamlBlock =
  | { readonly kind: 'config'; readonly text: string }
  | { readonly kind: 'workflow'; readonly text: string }
  | { readonly kind: 'unknown' };

const HEAD = 'name: Some workflow\non: workflow_dispatch\npermissions: {}\n';
const JOBS = 'jobs:\n  some:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "true"\n';
const MODULES = 'modules:\n  some: { name: Some, prompt: 1 }\n';

/** Completes a part: of a workflow by the page's own other parts, of a config by what must not lack. */
export function completeYaml(block: CodeBlock, page: readonly CodeBlock[]): YamlBlock {
  const own = (part: Part): string | undefined =>
    page.find((one) => one.language === 'yaml' && partOf(one.text) === part)?.text;
  const { text } = block;
  switch (partOf(text)) {
    case 'config':
      return { kind: 'config', text: completeConfig(text) };
    case 'workflow':
      return { kind: 'workflow', text };
    case 'head':
      return { kind: 'workflow', text: `${text}${JOBS}` };
    case 'jobs':
      return { kind: 'workflow', text: `${own('head') ?? HEAD}${text}` };
    case 'steps': {
      const steps = text.replaceAll(/^(?=.)/gmu, '      ');
      return { kind: 'workflow', text: `${own('head') ?? HEAD}${own('jobs') ?? JOBS}${steps}` };
    }
    case 'unknown':
      return { kind: 'unknown' };
  }
}

type Part = 'config' | 'workflow' | 'head' | 'jobs' | 'steps' | 'unknown';

function partOf(text: string): Part {
  const value = load(text);
  if (Array.isArray(value)) return 'steps';
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('on')) return keys.includes('jobs') ? 'workflow' : 'head';
  if (keys.join() === 'jobs') return 'jobs';
  const known = Object.keys(configSchema.entries);
  return keys.length > 0 && keys.every((key) => known.includes(key)) ? 'config' : 'unknown';
}

function completeConfig(text: string): string {
  const version = /^version:/mu.test(text) ? '' : 'version: 1\n';
  return `${version}${text}${/^modules:/mu.test(text) ? '' : MODULES}`;
}
