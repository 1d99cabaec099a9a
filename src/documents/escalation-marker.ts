import { isId, parseMarker, renderMarker, sessionFields } from './marker.ts';

/** What an escalation's issue is about; null for what its marker does not tell, as older ones do not. */
export interface EscalationMarker {
  readonly module: string;
  readonly attempt: number;
  readonly sessionId: string | null;
  readonly failureType: string | null;
  readonly target: string | null;
}

/** The part of an escalation that its marker tells. */
export interface EscalationMarkerView {
  readonly module: { readonly id: string };
  readonly attempt: number;
  readonly sessionId: string | null;
  readonly reason: { readonly failureType: string | null };
  readonly target: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A coder may name anything as its failure type or session: only what has the form of one is told. */
export function renderEscalationMarker(view: EscalationMarkerView): string {
  const { failureType } = view.reason;
  const sessionId = view.sessionId?.toLowerCase() ?? '';
  return renderMarker('escalation', {
    module: view.module.id,
    attempt: view.attempt,
    ...(UUID.test(sessionId) ? { session: sessionId } : {}),
    ...(failureType !== null && isId(failureType) ? { failure: failureType } : {}),
    ...(isId(view.target) ? { target: view.target } : {}),
  });
}

/** The escalation that an issue of ours is of, or null; one field that could not be ours makes the whole foreign. */
export function parseEscalationIssue(body: string): EscalationMarker | null {
  const fields = parseMarker(body, 'escalation');
  const session = fields === null ? null : sessionFields(fields, 0);
  if (fields === null || session === null) return null;
  const sessionId = fields.get('session') ?? null;
  const failureType = fields.get('failure') ?? null;
  const target = fields.get('target') ?? null;
  const ids = [failureType, target].filter((id) => id !== null);
  if ((sessionId !== null && !UUID.test(sessionId)) || !ids.every(isId)) return null;
  return { ...session, sessionId, failureType, target };
}
