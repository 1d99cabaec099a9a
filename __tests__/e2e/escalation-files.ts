import type { TextFile } from '../../simulator/demo/git.ts';
import type { SessionPull } from '../../simulator/demo/read.ts';

/** Why a coder stops its session. */
export interface CoderHalt {
  /** The module's. */
  readonly name: string;
  readonly failureType: string;
  readonly target: string;
  readonly specification: string;
  readonly reason: string;
  readonly evidence: string;
  readonly question: string;
}

/** A claim, with its report in the format that the example's `planning-agent.md` gives. */
export function escalationFiles(session: SessionPull, halt: CoderHalt): readonly TextFile[] {
  const { module, attempt } = session;
  const { reason, failureType } = halt;
  const blockedAt = new Date().toISOString();
  const claim = { [module]: { status: 'blocked', blockedReason: reason, blockedAt, failureType } };
  return [
    {
      path: `orchestration-docs/claims/${module}-${attempt}.json`,
      content: `${JSON.stringify(claim, null, 2)}\n`,
    },
    {
      path: `orchestration-docs/reports/${module}-${attempt}-escalation.md`,
      content: escalationReport(session, halt),
    },
  ];
}

function escalationReport({ module, attempt, sessionId }: SessionPull, halt: CoderHalt): string {
  return `---
module: ${module}
session: ${sessionId}
attempt: ${attempt}
---

# Escalation Report: ${halt.name}

## Failure

| Field | Value |
| :---- | :---- |
| **Failure Type** | ${halt.failureType} |
| **Escalation Target** | ${halt.target} |
| **Specification** | ${halt.specification} |

## What Stopped the Session

${halt.reason}

## Evidence

- ${halt.evidence}

## Options Considered

- Choosing an answer: what is not specified is not the coder's to choose.

## Decision Needed

- ${halt.question}
`;
}
