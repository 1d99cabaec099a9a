import path from 'node:path';
import ts from 'typescript';
import type { CodeBlock } from './code-blocks.ts';

const HOME = path.resolve(import.meta.dirname, '../..');

/** What stands before a page's blocks in the reader's mind. */
const KNOWN: Readonly<Record<string, string>> = {
  'simulator/README.md': `import { Octokit } from '@octokit/rest';
import { startSimulator } from './simulator.ts';
declare const directory: string;
`,
};

/** What the compiler says of a block, as if it were a file beside its page. */
export function typeErrors({ page, text }: CodeBlock): readonly string[] {
  const file = path.join(HOME, path.dirname(page), 'a-block-of-code.ts');
  const source = `${KNOWN[page] ?? ''}${text}\nexport {};\n`;
  const json = ts.readJsonConfigFile(path.join(HOME, 'tsconfig.json'), (name) =>
    ts.sys.readFile(name),
  );
  const { options } = ts.parseJsonSourceFileConfigFileContent(json, ts.sys, HOME);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([file], options, {
    ...host,
    fileExists: (name) => name === file || host.fileExists(name),
    readFile: (name) => (name === file ? source : host.readFile(name)),
    getSourceFile: (name, version, ...rest) =>
      name === file
        ? ts.createSourceFile(name, source, version)
        : host.getSourceFile(name, version, ...rest),
  });
  const parsed = program.getSourceFile(file);
  return [
    ...program.getSyntacticDiagnostics(parsed),
    ...program.getSemanticDiagnostics(parsed),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
