import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_LIMIT_CHARACTERS, parseClaim } from '../../../src/domain/claim.ts';
import { findFences } from '../../../src/domain/markdown-fences.ts';
import {
  claimBlock,
  renderDoneClaim,
  renderDoneClaimToFillIn,
  renderHaltClaim,
  renderHaltClaimToFillIn,
} from '../../../src/documents/claim.ts';
import { renderOrchestrationDocument } from '../../../src/documents/orchestration-document.ts';
import { hostile } from './gfm.ts';
import { DOCUMENT, SESSION } from './views.ts';
import { anyText } from '../../support/any-text.ts';

const AT = '2026-01-12T09:30:00.000Z';
const text = fc.oneof(hostile, anyText());

describe('claims', () => {
  it('stand in the document as they are rendered here', () => {
    const document = renderOrchestrationDocument(DOCUMENT);
    expect(document).toContain(`\n${claimBlock(renderHaltClaimToFillIn('plex-auth'))}\n`);
    const done = renderDoneClaimToFillIn('plex-auth', SESSION.sessionId);
    expect(document).toContain(`\n${claimBlock(done)}\n`);
  });

  it('that were copied from the document and not filled in give no reason, but do halt', () => {
    const [halt, done] = findFences(renderOrchestrationDocument(DOCUMENT).split('\n'))
      .filter(({ language }) => language === 'json')
      .map(({ lines }) => parseClaim(lines.join('\n'), 'plex-auth'));
    expect(halt).toEqual({
      kind: 'halt',
      failureType: null,
      reason: 'The coder gave no reason.',
    });
    expect(done).toEqual({ kind: 'done' });
  });

  it('of HALT are read back, whatever the reason and the type', () => {
    fc.assert(
      fc.property(text, text, (words, type) => {
        const [reason, failureType] = [`x${words}x`, `x${type}x`];
        const claim = renderHaltClaim('plex-auth', { reason, at: AT, failureType });
        expect(claim.length).toBeLessThan(CLAIM_LIMIT_CHARACTERS);
        expect(parseClaim(claim, 'plex-auth')).toEqual({ kind: 'halt', failureType, reason });
        expect(parseClaim(claim, 'storage')).toBeNull();
      }),
    );
  });

  it('of being done hold what they were given, whatever the files are called', () => {
    fc.assert(
      fc.property(fc.array(text), text, (files, sessionId) => {
        const claim = renderDoneClaim('plex-auth', { at: AT, files, sessionId });
        expect(parseClaim(claim, 'plex-auth')).toEqual({ kind: 'done' });
        expect(JSON.parse(claim)).toEqual({
          'plex-auth': {
            status: 'review',
            completedAt: AT,
            filesModified: files,
            implementedBy: 'coding-agent',
            sessionId,
          },
        });
      }),
    );
  });

  it('survive being shown in a code block', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '~', '\n', '\u202E', '<', 'a'), maxLength: 16 }),
        (words) => {
          const claim = renderHaltClaim('plex-auth', { reason: words, at: AT, failureType: null });
          const [block, ...more] = findFences(claimBlock(claim).split('\n'));
          expect(block?.lines.join('\n')).toBe(claim);
          expect(more).toEqual([]);
        },
      ),
    );
  });
});
