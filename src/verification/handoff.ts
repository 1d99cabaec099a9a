import { gunzipSync, gzipSync } from 'node:zlib';
import {
  INFLATED_LIMIT_BYTES,
  parseVerificationResult,
  VERIFICATION_LIMIT_BYTES,
} from '../domain/verification.ts';
import type { ParsedResult, VerificationResult } from '../domain/verification.ts';
import { fitResult } from './fit-result.ts';

/** What is larger is compressed; below that, a person can read the job output as it is. */
const COMPRESS_FROM_BYTES = 32 * 1024;

const COMPRESSED = 'gz:';

/** One job output: JSON, or `gz:` and base64 of its gzip; what does not fit into `limitBytes` is shed first. */
export function encodeResult(
  result: VerificationResult,
  limitBytes: number = VERIFICATION_LIMIT_BYTES,
): string {
  return pack(fitResult(result, limitBytes, packedBytes));
}

/** Untrusted in, checked out: a bomb is refused before it is inflated past the limit. */
export function decodeResult(source: unknown): ParsedResult {
  if (typeof source !== 'string' || !source.startsWith(COMPRESSED)) {
    return parseVerificationResult(source);
  }
  if (source.length > VERIFICATION_LIMIT_BYTES) {
    return { ok: false, reason: `The result is larger than ${VERIFICATION_LIMIT_BYTES} bytes.` };
  }
  try {
    const packed = Buffer.from(source.slice(COMPRESSED.length), 'base64');
    const inflated = gunzipSync(packed, { maxOutputLength: INFLATED_LIMIT_BYTES });
    return parseVerificationResult(inflated.toString('utf8'));
  } catch {
    return { ok: false, reason: 'The result cannot be inflated within its limit.' };
  }
}

function pack(result: VerificationResult): string {
  const json = JSON.stringify(result);
  if (Buffer.byteLength(json) <= COMPRESS_FROM_BYTES) return json;
  return COMPRESSED + gzipSync(json, { level: 9 }).toString('base64');
}

/** A result that could not be read back has no size that fits. */
function packedBytes(result: VerificationResult): number {
  const inflated = Buffer.byteLength(JSON.stringify(result));
  return inflated > INFLATED_LIMIT_BYTES ? Infinity : Buffer.byteLength(pack(result));
}
