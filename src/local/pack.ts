import { createHash } from 'node:crypto';
import { packPaths } from '../domain/config-reading.ts';
import {
  BINARY_FILE,
  decodeSpecFile,
  type SpecFile,
  type UnreadableFile,
} from '../domain/spec-file.ts';
import type { TemplateFiles } from '../domain/template-file.ts';
import { TEMPLATES_FOLDER } from '../domain/templates-folder.ts';
import type { PackSource } from '../domain/validate-pack.ts';
import type { Files } from './files.ts';

export interface LocalPack {
  /** The config and the spec pack that it names. */
  readonly source: PackSource;
  readonly templates: TemplateFiles;
  /** Texts of the handoffs by their blob ids. */
  readonly handoffTexts: ReadonlyMap<string, string>;
}

/** Reads the config, and the spec pack where the config says that it lies, however wrong the rest of it is. */
export async function readPack(files: Files, configPath: string): Promise<LocalPack> {
  const config = await readSpecFile(files, configPath);
  const paths = packPaths(config.kind === 'text' ? config.text : '');
  const [prompts, types, handoffs, templates] = await Promise.all([
    readSpecFile(files, paths.prompts),
    readSpecFile(files, paths.types),
    readFolder(files, paths.handoffs),
    readFolder(files, TEMPLATES_FOLDER),
  ]);
  const found = [...handoffs].map(([name, bytes]) => {
    return [name, { hash: blobId(bytes), content: decodeSpecFile(bytes) }] as const;
  });
  return {
    source: { file: configPath, config, prompts, types, handoffs: new Map(found) },
    templates: new Map([...templates].map(([name, bytes]) => [name, templateOf(bytes)])),
    handoffTexts: new Map(
      found.flatMap(([, { hash, content }]) =>
        content.kind === 'text' ? [[hash, content.text] as const] : [],
      ),
    ),
  };
}

export async function readSpecFile(files: Files, path: string): Promise<SpecFile> {
  const bytes = await files.read(path);
  return bytes === null ? { kind: 'missing' } : decodeSpecFile(bytes);
}

/** A file's text; null where there is none, or no text. */
export async function readText(files: Files, path: string): Promise<string | null> {
  const bytes = await files.read(path);
  return bytes === null ? null : textOf(bytes);
}

/** A file that was read is there. */
function templateOf(bytes: Uint8Array): string | UnreadableFile {
  const file = decodeSpecFile(bytes);
  if (file.kind === 'text') return file.text;
  return file.kind === 'missing' ? BINARY_FILE : file;
}

function textOf(bytes: Uint8Array): string | null {
  const file = decodeSpecFile(bytes);
  return file.kind === 'text' ? file.text : null;
}

async function readFolder(files: Files, folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const names = await files.list(folder);
  const read = await Promise.all(
    names.map(async (name) => [name, await files.read(`${folder}/${name}`)] as const),
  );
  return new Map(read.flatMap(([name, bytes]) => (bytes === null ? [] : [[name, bytes] as const])));
}

/** What git calls a file of these bytes: the state holds specifications by it. */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
