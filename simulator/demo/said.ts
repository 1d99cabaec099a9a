import type { Simulator } from '../simulator.ts';

/** A text as it was said at the time, whatever was made of it later. */
export interface Said {
  readonly action: 'created' | 'edited';
  readonly id: number;
  readonly number: number;
  readonly by: string;
  readonly body: string;
}

interface CommentPayload {
  readonly action?: string;
  readonly issue?: { readonly number: number };
  readonly comment?: { readonly id: number; readonly body?: string };
}

/** Every wording that every comment ever had, in order. */
export function everythingSaid(simulator: Simulator): readonly Said[] {
  return simulator.events.flatMap(({ name, actor, payload }): readonly Said[] => {
    if (name !== 'issue_comment') return [];
    const { action, issue, comment } = payload as CommentPayload;
    if (action !== 'created' && action !== 'edited') return [];
    const { number } = issue ?? {};
    const { id, body } = comment ?? {};
    if (number === undefined || id === undefined || body === undefined) return [];
    return [{ action, id, number, by: actor, body }];
  });
}

interface IssuePayload {
  readonly action?: string;
  readonly issue?: { readonly title: string; readonly body?: string | null };
}

/** The dashboard as it stood when the planner closed the first escalation; null without one. */
export function dashboardMidway(simulator: Simulator): string | null {
  let dashboard: string | null = null;
  for (const { name, payload } of simulator.events) {
    if (name !== 'issues') continue;
    const { action, issue } = payload as IssuePayload;
    if (action === 'closed' && issue?.title.startsWith('Escalation: ')) return dashboard;
    if (issue?.title === 'Sessionwright dashboard') dashboard = issue.body ?? null;
  }
  return null;
}

/** What a reply to a request says that it waits for, as plain lines without the advice that follows. */
export function unmetGates(reply: string): readonly string[] {
  const [, list] = /is requested and waits for:\n\n((?:[-*] .*\n?)+)/u.exec(reply) ?? [];
  return (list ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line
        .slice(2)
        .replaceAll(/`|\*\*/gu, '')
        .replace(/ To clear it: .*$/u, ''),
    );
}
