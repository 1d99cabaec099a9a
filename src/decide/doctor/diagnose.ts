import type { Finding } from '../../domain/diagnosis.ts';
import type { RepositoryFacts } from '../../domain/repository-facts.ts';
import { judgeActions, judgeEnabled, judgePullRequests, judgeTokenPermissions } from './actions.ts';
import { judgeSessionBranches, judgeStateBranch } from './branches.ts';
import { judgeMergeQueue, judgeRequiredCheck } from './checks.ts';
import { judgeCoderCall, judgeCoderPushes, judgeCoderWorkflows } from './coder.ts';
import {
  judgeCheckout,
  judgeConfig,
  judgeFork,
  judgeIssues,
  judgeLabels,
  judgeRepository,
  judgeServer,
  judgeToken,
} from './place.ts';
import { judgeStateHistory } from './state.ts';
import { judgeTriggers, judgeWorkflow } from './workflow.ts';

/** Everything that keeps sessions from running or is likely to, in the order in which it is to be mended. */
export function diagnose(facts: RepositoryFacts): readonly Finding[] {
  const rules = [
    judgeConfig,
    judgeToken,
    judgeRepository,
    judgeFork,
    judgeIssues,
    judgeServer,
    judgeActions,
    judgeWorkflow,
    judgeEnabled,
    judgeTriggers,
    judgeTokenPermissions,
    judgePullRequests,
    judgeStateBranch,
    judgeStateHistory,
    judgeSessionBranches,
    judgeRequiredCheck,
    judgeMergeQueue,
    judgeLabels,
    judgeCoderCall,
    judgeCoderPushes,
    judgeCoderWorkflows,
  ];
  const found = rules.map((rule) => rule(facts));
  return facts.checkout === null ? found : [judgeCheckout(facts.checkout), ...found];
}
