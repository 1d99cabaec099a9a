import { SessionwrightError } from '../domain/errors.ts';
import {
  BINARY_FILE,
  cutFile,
  decodeSpecFile,
  MAX_LENGTH,
  misreadFile,
  REPLACEMENT,
  specFileOf,
  type SpecFile,
} from '../domain/spec-file.ts';
import type { Client, RepositoryName } from './client.ts';
import type { BlobNode } from './graphql-types.ts';

/** What a session's branch holds is anybody's: binary counts as nothing, and long text is not read on. */
export function readUntrustedBlob(blob: BlobNode | null): string | null {
  return blob === null || blob.isBinary === true ? null : (blob.text ?? null);
}

/**
 * A file of the base as GraphQL gives it, without a request for its bytes: where it is cut, `whole` says so. A sign
 * for bytes that are not UTF-8 may stand in the file itself, and then no byte is missing.
 */
export function givenFile(blob: BlobNode | null): {
  readonly file: SpecFile;
  readonly whole: boolean;
} {
  if (blob === null) return { file: specFileOf(null), whole: true };
  const { text = null, byteSize } = blob;
  if (blob.isBinary === true || text === null) return { file: BINARY_FILE, whole: true };
  const whole = blob.isTruncated !== true;
  // What is cut may be cut inside a character.
  const known = whole ? text : text.slice(0, -1);
  const isMisread =
    known.includes(REPLACEMENT) && !(whole && byteSize === Buffer.byteLength(text, 'utf8'));
  if (isMisread) return { file: misreadFile(known), whole };
  if ((byteSize ?? 0) > MAX_LENGTH) return { file: cutFile(byteSize ?? 0), whole };
  return { file: specFileOf(text), whole };
}

/** As `givenFile`, for one that is of no use in part. */
export function givenWhole(blob: BlobNode | null): SpecFile {
  const { file, whole } = givenFile(blob);
  return whole || file.kind !== 'text' ? file : cutFile(blob?.byteSize ?? file.text.length);
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
    throw SessionwrightError.of('binary-file', { oid: blob.oid });
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
  const isWhole = blob.isTruncated !== true && text !== null && !text.includes(REPLACEMENT);
  if (isWhole) return specFileOf(text);
  const { data } = await client.rest.git.getBlob({ ...name, file_sha: blob.oid });
  return decodeSpecFile(Buffer.from(data.content, 'base64'));
}
