import { dashboardMidway, everythingSaid, unmetGates } from './said.ts';
import type { Shelf } from './shelf.ts';
import { REPOSITORY, type DemoStage } from './stage.ts';

/** A request with all that it ever waited for. */
export interface KeptRequest {
  readonly number: number;
  readonly title: string;
  readonly waits: readonly string[];
}

interface Conversation {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
}

/** Keeps requests, escalations and the dashboard, at the end and from the middle. */
export async function keepIssues(stage: DemoStage, shelf: Shelf): Promise<readonly KeptRequest[]> {
  const { api } = stage.maya;
  const all = await api.paginate(api.rest.issues.listForRepo, { ...REPOSITORY, state: 'all' });
  const issues = all.filter((one) => one.pull_request === undefined);
  const requests: KeptRequest[] = [];
  for (const { number, title, body = null, state } of issues.sort((a, b) => a.number - b.number)) {
    const place = placeOf(number, title);
    await shelf.put(place, renderConversation(stage, { number, title, body, state }));
    if (!place.startsWith('requests/')) continue;
    const said = everythingSaid(stage.simulator).filter((one) => one.number === number);
    const waits = new Set(said.flatMap((one) => unmetGates(one.body)));
    requests.push({ number, title, waits: [...waits] });
  }
  const midway = dashboardMidway(stage.simulator);
  if (midway !== null) await shelf.put('dashboard-midway.md', midway);
  return requests;
}

function placeOf(number: number, title: string): string {
  if (title.startsWith('Escalation')) return `escalations/${number}.md`;
  return title.includes('dashboard') ? 'dashboard.md' : `requests/${number}.md`;
}

/** An issue or pull request with every comment in each of its wordings, in the order they were said. */
export function renderConversation(stage: DemoStage, about: Conversation): string {
  const { number, title, body, state } = about;
  const said = everythingSaid(stage.simulator).filter((one) => one.number === number);
  const comments = said.map(({ action, by, body: text }, index) => {
    const before = said.findLastIndex(({ id }, at) => at < index && id === said[index]?.id);
    const verb = action === 'created' ? 'said' : `changed comment ${before + 1} to`;
    return `---\n\n**${index + 1}. ${by}** ${verb}:\n\n${text}`;
  });
  return [`# ${title} (#${number}, ${state})`, body ?? '', ...comments].join('\n\n');
}
