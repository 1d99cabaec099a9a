import type { TextSubject } from '../domain/own-text.ts';
import { isDashboard, stateCommitOf } from './dashboard.ts';
import { parseEscalationIssue } from './escalation-marker.ts';
import { parseSessionMarker } from './marker.ts';

/** What a body of ours is of; anybody can copy a marker, so who wrote it must be looked at as well. */
export function parseSubject(body: string): TextSubject | null {
  if (isDashboard(body)) return { kind: 'dashboard', stateCommit: stateCommitOf(body) };
  const escalation = parseEscalationIssue(body);
  if (escalation !== null) {
    return { kind: 'escalation', module: escalation.module, attempt: escalation.attempt };
  }
  const session = parseSessionMarker(body, 'pull-request');
  return session === null ? null : { kind: 'pull-request', ...session };
}
