import type { NewModule } from './new-modules.ts';

/** One heading per module; what stands in brackets is for whoever writes the specification. */
export function renderPrompts(modules: readonly NewModule[]): string {
  const sections = modules.map(
    ({ name, prompt }) => `## Prompt ${prompt}: ${name}

### Purpose

[What the module is for, in one or two sentences.]

### Public API

[Its functions or classes with their types, and what each promises.]

### Behaviour

[Each rule in one sentence that a test can hold it to; what happens with wrong input.]

### Acceptance tests

- [Given … when … then …]
`,
  );
  return `# Implementation prompts

One prompt per module. The prompt, the module's context handoff and the shared types are all that a coder gets: where
they leave something open, it halts and asks. Sessions do not change this file.

${sections.join('\n')}`;
}

export function renderSharedTypes(): string {
  return `/**
 * The types that modules share. A module names those it uses in the config, under \`types\`, and its document then
 * links their lines. Sessions do not change this file.
 */

/** What may fail says so in its type. */
export type Result<T, E = Error> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
`;
}

export function renderHandoff({ id, name, prompt }: NewModule): string {
  return `# Context handoff: ${name}

## Scope

In: \`${id}\`. [What of the repository belongs to it.]

Out: [What it leaves to others.]

## Assumptions

- [What the coder may rely on.]

## Verification

- [What shows that prompt ${prompt} is done, beside the commands.]
`;
}
