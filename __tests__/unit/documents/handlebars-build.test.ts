import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { compileTemplate } from '../../../build/handlebars-compile.js';
import { handlebarsPlugin } from '../../../build/handlebars-esbuild.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [handlebarsPlugin()],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

describe('templates', () => {
  it('run in a bundle that holds the runtime and no compiler', async () => {
    const script = await bundle(
      `import render from './templates/dashboard.hbs';
       const names = ['progress', 'graph', 'ready', 'running', 'waiting', 'blocked', 'done', 'unasked', 'table', 'stateLink'];
       const view = Object.fromEntries(names.map((name) => [name, '<' + name + '>']));
       process.stdout.write(render({ ...view, paused: false }));`,
    );
    const output = execFileSync(process.execPath, ['--input-type=module'], {
      input: script,
      encoding: 'utf8',
    });
    expect(output).toContain('### Ready\n\n<ready>\n');
    expect(script).not.toContain('JavaScriptCompiler');
  });

  it('of a user run in a bundle that turns no text into code', async () => {
    const script = await bundle(
      `import { compileUserTemplates } from './src/documents/user-templates/compile.ts';
       const files = new Map([['dashboard.hbs', '{{#if paused}}paused{{else}}{{graph}}{{/if}}']]);
       const { templates } = compileUserTemplates(files, 'templates');
       process.stdout.write(templates.dashboard({ paused: false, graph: '<graph>' }));`,
    );
    const output = execFileSync(process.execPath, ['--input-type=module'], {
      input: script,
      encoding: 'utf8',
    });
    expect(output).toBe('<graph>');
    expect(script).not.toMatch(/JavaScriptCompiler|new Function|\beval\(/);
  });

  it('refuse a view that lacks a field', async () => {
    const script = await bundle(
      `import render from './templates/dashboard.hbs';
       try { render({}); } catch (error) { process.stdout.write(String(error)); }`,
    );
    const output = execFileSync(process.execPath, ['--input-type=module'], {
      input: script,
      encoding: 'utf8',
    });
    expect(output).toContain('"progress" not defined');
  });

  it('may not call helpers of their own', () => {
    expect(() => compileTemplate('{{shout name}}', 'x.hbs')).toThrow('x.hbs does not compile');
    expect(() => compileTemplate('{{#if}', 'x.hbs')).toThrow('x.hbs does not compile');
  });
});
