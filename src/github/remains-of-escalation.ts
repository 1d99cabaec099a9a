import type { EscalationRemains } from '../domain/remains.ts';
import { isOurLogin } from './conversations.ts';
import type { RemainsLook, SessionKey, Trace } from './remains.ts';

type Issue = NonNullable<Trace['escalation']>;

/** One that is closed takes two requests more: who closed it, and what they said. */
export async function readEscalation(look: RemainsLook, issue: Issue): Promise<EscalationRemains> {
  const { client, name, markers } = look;
  const marker = markers.escalation(issue.body ?? '');
  const common = {
    number: issue.number,
    createdAt: issue.created_at,
    sessionId: marker?.sessionId ?? null,
    failureType: marker?.failureType ?? null,
  };
  if (issue.state === 'open') return { ...common, closed: null };
  const { data } = await client.rest.issues.get({ ...name, issue_number: issue.number });
  const comments = await client.paginate(client.rest.issues.listComments, {
    ...name,
    issue_number: issue.number,
    per_page: 100,
  });
  const by = data.closed_by?.login ?? null;
  const said = comments.findLast((comment) => by !== null && comment.user?.login === by);
  const byUs = isOurLogin(by, look.identity);
  const closed = { by, byUs, completed: data.state_reason === 'completed' };
  return { ...common, closed: { ...closed, resolution: byUs ? null : (said?.body ?? null) } };
}

/**
 * Where issues are turned off, the escalation is a comment of ours on the session's pull request. It has nothing that
 * could be closed: a command answers it, and the next attempt shows that.
 */
export async function readToldEscalation(
  { client, name, identity, markers }: RemainsLook,
  { module, attempt }: SessionKey,
  pull: number,
): Promise<EscalationRemains | null> {
  const comments = await client.paginate(client.rest.issues.listComments, {
    ...name,
    issue_number: pull,
    per_page: 100,
  });
  for (const { user, body = '', created_at } of comments) {
    const told = isOurLogin(user?.login, identity) ? markers.escalation(body) : null;
    if (told?.module !== module || told.attempt !== attempt) continue;
    const { sessionId, failureType } = told;
    return { number: pull, createdAt: created_at, sessionId, failureType, closed: null };
  }
  return null;
}
