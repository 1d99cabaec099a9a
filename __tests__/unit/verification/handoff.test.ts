import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VERIFICATION_LIMIT_BYTES } from '../../../src/domain/verification.ts';
import type { CommandResult, VerificationResult } from '../../../src/domain/verification.ts';
import { fitResult, jsonBytes } from '../../../src/verification/fit-result.ts';
import { decodeResult, encodeResult } from '../../../src/verification/handoff.ts';

function command(id: string, exitCode: number, noise: (length: number) => string): CommandResult {
  return {
    id,
    name: id,
    run: `npm run ${id}`,
    failure: 'test-failure',
    outcome: { kind: 'exited', exitCode },
    durationMs: 1,
    diagnostics: Array.from({ length: 100 }, (_, line) => ({
      file: 'src/a.ts',
      line,
      column: 1,
      severity: 'error' as const,
      code: null,
      message: noise(300),
    })),
    diagnosticsOmitted: 0,
    testsRun: 1,
    allowEmpty: false,
    tail: noise(8000),
    logDigest: 'f'.repeat(64),
  };
}

function resultOf(commands: readonly CommandResult[]): VerificationResult {
  return { version: 1, kind: 'gates', sha: 'a'.repeat(40), module: null, commands, shed: [] };
}

/** Text that does not compress, the same in every run: bytes of a linear congruence, each as its own letter. */
function incompressible(): (length: number) => string {
  let seed = 1;
  return (length) => {
    const codes = Array.from({ length }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return 0x4e00 + (seed >>> 18);
    });
    return String.fromCharCode(...codes);
  };
}

describe('encodeResult', () => {
  it('leaves a small result as it is', () => {
    const result = resultOf([{ ...command('a', 0, () => 'x'), diagnostics: [] }]);
    expect(JSON.parse(encodeResult(result))).toEqual(result);
    expect(decodeResult(encodeResult(result))).toEqual({ ok: true, value: result });
  });

  it('compresses a larger one and sheds nothing', () => {
    const result = resultOf([command('a', 1, (length) => 'x'.repeat(length))]);
    const encoded = encodeResult(result);
    expect(encoded.startsWith('gz:')).toBe(true);
    expect(decodeResult(encoded)).toEqual({ ok: true, value: result });
  });

  it.each([1, 3, 20])('fits %i commands whose output does not compress', (count) => {
    const noise = incompressible();
    const commands = Array.from({ length: count }, (_, at) => command(`c${at}`, at % 2, noise));
    const encoded = encodeResult(resultOf(commands));
    expect(Buffer.byteLength(encoded)).toBeLessThanOrEqual(VERIFICATION_LIMIT_BYTES);
    const decoded = decodeResult(encoded);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(decoded.value.commands.map(({ outcome }) => outcome)).toEqual(
      commands.map(({ outcome }) => outcome),
    );
    expect(decoded.value.shed).not.toEqual([]);
  });
});

describe('the largest run there can be', () => {
  it('fits, and still says of each command how it ended', () => {
    const noise = incompressible();
    const commands = Array.from({ length: 256 }, (_, at): CommandResult => {
      const id = `command-${at}-${'x'.repeat(20)}`;
      const reason = noise(1000);
      const logDigest = createHash('sha256').update(reason).digest('hex');
      return {
        ...command(id, 1, () => ''),
        name: noise(500),
        run: noise(2000),
        logDigest,
        outcome: { kind: 'not-started', reason },
      };
    });
    const encoded = encodeResult(resultOf(commands));
    expect(Buffer.byteLength(encoded)).toBeLessThanOrEqual(VERIFICATION_LIMIT_BYTES);
    const decoded = decodeResult(encoded);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(decoded.value.commands.map(({ id, logDigest }) => [id, logDigest])).toEqual(
      commands.map(({ id, logDigest }) => [id, logDigest]),
    );
    expect(decoded.value.commands.every(({ outcome }) => outcome.kind === 'not-started')).toBe(
      true,
    );
  });
});

describe('decodeResult', () => {
  it.each<[string, unknown]>([
    ['a bomb', `gz:${gzipSync(Buffer.alloc(50_000_000)).toString('base64')}`],
    ['what is larger than a job output can be', `gz:${'A'.repeat(200_000)}`],
    ['no gzip', 'gz:AAAA'],
    ['no base64', 'gz:%%%'],
    ['a cut one', encodeResult(resultOf([command('a', 1, (n) => 'x'.repeat(n))])).slice(0, -20)],
    ['nothing', undefined],
  ])('refuses %s', (_case, source) => {
    expect(decodeResult(source).ok).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeResult(`gz:${Buffer.from(bytes).toString('base64')}`).ok).toBe(false);
      }),
    );
  });
});

describe('fitResult', () => {
  const result = resultOf([
    command('passed', 0, (length) => 'p'.repeat(length)),
    command('failed', 1, (length) => 'f'.repeat(length)),
  ]);

  it('changes nothing that fits', () => {
    expect(fitResult(result, jsonBytes(result))).toBe(result);
  });

  it('takes the output of passed commands first', () => {
    const fitted = fitResult(result, jsonBytes(result) - 1);
    expect(fitted.shed).toEqual(['output of passed commands']);
    expect(fitted.commands.map(({ tail }) => tail.length)).toEqual([0, 8000]);
    expect(fitted.commands[1]?.diagnostics).toHaveLength(100);
  });

  it('counts the diagnostics that it takes', () => {
    const fitted = fitResult(result, 40_000);
    expect(fitted.commands[1]?.diagnostics).toHaveLength(30);
    expect(fitted.commands[1]?.diagnosticsOmitted).toBe(70);
    expect(jsonBytes(fitted)).toBeLessThanOrEqual(40_000);
  });

  it('gets smaller with the limit, down to how the commands ended', () => {
    for (let limit = 60_000; limit > 2000; limit -= 1000) {
      expect(jsonBytes(fitResult(result, limit))).toBeLessThanOrEqual(limit);
    }
  });
});
