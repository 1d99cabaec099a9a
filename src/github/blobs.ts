import { SessionwrightError } from '../domain/errors.ts';
import { BINARY_FILE, decodeSpecFile, specFileOf, type SpecFile } from '../domain/spec-file.ts';
import type { Client, RepositoryName } from './client.ts';
import type { BlobNode } from './graphql-types.ts';

/** What a session's branch holds is anybody's: binary counts as nothing, and long text is not read on. */
export function readUntrustedBlob(blob: BlobNode | null): string | null {
  return blob === null || blob.isBinary === true ? null : (blob.text ?? null);
}

/**
 * A blob's text. GraphQL cuts long ones, so those are read again over REST, which gives up to 100 MB
 * (https://docs.github.com/en/rest/git/blobs#get-a-blob).
 */
export async function readBlob(
  client: Client,
  name: RepositoryName,
  blob: BlobNode | null,
): Promise<string | null> {
  if (blob === null) return null;
  if (blob.isBinary === true) {
    throw new SessionwrightError({
      code: 'binary-file',
      message: `The blob ${blob.oid} is binary where a text file is expected.`,
      fix: 'Save the file as UTF-8 text.',
    });
  }
  if (blob.isTruncated !== true) return blob.text ?? '';
  const { data } = await client.rest.git.getBlob({ ...name, file_sha: blob.oid });
  return Buffer.from(data.content, 'base64').toString('utf8');
}

/** A file of the spec pack, or the config: what GraphQL cannot give whole or as text is read as bytes. */
export async function readSpecFile(
  client: Client,
  name: RepositoryName,
  blob: BlobNode | null,
): Promise<SpecFile> {
  if (blob === null) return specFileOf(null);
  if (blob.isBinary === true) return BINARY_FILE;
  const { text = null } = blob;
  const isWhole = blob.isTruncated !== true && text !== null && !text.includes('\uFFFD');
  if (isWhole) return specFileOf(text);
  const { data } = await client.rest.git.getBlob({ ...name, file_sha: blob.oid });
  return decodeSpecFile(Buffer.from(data.content, 'base64'));
}
