import type { OrphanFacts } from '../domain/answer.ts';
import type { CheckOutput } from '../domain/writes.ts';
import { codeSpan } from './markdown.ts';

/** What becomes of a module that was taken out of the config, and what can be done about it. */
export function orphanWords({ module, status }: OrphanFacts): {
  readonly what: string;
  readonly next: string;
} {
  const back = `put ${codeSpan(module)} back under \`modules\` in the config`;
  const cancel = `comment \`/session cancel ${module}\``;
  switch (status) {
    case 'in-progress':
    case 'review':
      return {
        what: 'Its session is kept as it is; until it is decided, no head of it is verified.',
        next: `${back}, and the session goes on; or ${cancel} or close its pull request, and it is let go.`,
      };
    case 'blocked':
      return {
        what: 'It stays blocked; until it is decided, its escalation is not looked at.',
        next: `${back}, and closing its escalation resolves it as before; or ${cancel}, and it is let go.`,
      };
    case 'pending':
      return {
        what: 'Nothing of it starts.',
        next: `${back}, and what was asked for starts by itself; or ${cancel}, which withdraws the request.`,
      };
    case 'complete':
      return { what: 'What was built stays.', next: `${back} to do anything more about it.` };
  }
}

/** The required check on the head of a session whose module was taken out of the config: neither a session nor none. */
export function renderOrphanCheck(facts: OrphanFacts): CheckOutput {
  const { what, next } = orphanWords(facts);
  return {
    title: 'Not in the config any more',
    summary: `This is attempt ${String(facts.attempt)} at ${codeSpan(facts.module)}, which is not in the config any more, so there is nothing to verify it by. ${what} Next: ${next}`,
    text: '',
    annotations: [],
  };
}
