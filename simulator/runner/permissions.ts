import type { Access, Permissions } from '../ports.ts';
import type { Json } from './json.ts';
import { isObject, mapValues, plainText } from './json.ts';

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions */
const SCOPES: readonly string[] = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
];

/** What a workflow without `permissions:` gets where the repository's default is the restricted one. */
const RESTRICTED: Permissions = { contents: 'read', packages: 'read' };

/** What a `permissions:` block says is wrong, or null. */
export function permissionsProblem(block: Json): string | null {
  if (block === null || block === 'read-all' || block === 'write-all') return null;
  if (!isObject(block)) return `Unexpected value '${JSON.stringify(block)}'`;
  for (const [scope, access] of Object.entries(block)) {
    if (!SCOPES.includes(scope)) return `Unexpected value '${scope}'`;
    if (!isAccess(access)) return `Unexpected value '${plainText(access)}' for ${scope}`;
  }
  return null;
}

/**
 * What a job's token may: the job's own block, else the workflow's, else what its caller may, else the
 * restricted default; whatever a block does not name is none, and `metadata` can always be read.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#how-permissions-are-calculated-for-a-workflow-job
 */
export function jobPermissions(
  workflow: Json,
  job: Json,
  trusted: boolean,
  ceiling: Permissions | null = null,
): Permissions {
  const granted = grantedBy(job ?? workflow, ceiling);
  const limited = trusted ? granted : mapValues(granted, readOnly);
  return { ...limited, metadata: 'read' };
}

/** What a block grants; without one it is what the caller may, if there is one. */
export function grantedBy(block: Json, ceiling: Permissions | null): Permissions {
  return block === null && ceiling !== null ? ceiling : named(block);
}

const RANK: Readonly<Record<Access, number>> = { none: 0, read: 1, write: 2 };

/** What a called workflow asks for beyond what its caller may give, in GitHub's words; null where it does not. */
export function excessOf(block: Json, ceiling: Permissions): string | null {
  const above = Object.entries(grantedBy(block, ceiling)).filter(
    ([scope, access]) => RANK[access] > RANK[ceiling[scope] ?? 'none'],
  );
  if (above.length === 0) return null;
  const asked = above.map(([scope, access]) => `${scope}: ${access}`).join(', ');
  const allowed = above.map(([scope]) => `${scope}: ${ceiling[scope] ?? 'none'}`).join(', ');
  return `is requesting '${asked}', but is only allowed '${allowed}'.`;
}

function named(block: Json): Permissions {
  if (block === null) return RESTRICTED;
  if (block === 'read-all') return allScopes('read');
  if (block === 'write-all') return allScopes('write');
  if (!isObject(block)) return {};
  return Object.fromEntries(
    Object.entries(block).flatMap(([scope, access]) => (isAccess(access) ? [[scope, access]] : [])),
  );
}

function allScopes(access: Access): Permissions {
  return Object.fromEntries(SCOPES.map((scope) => [scope, access]));
}

function isAccess(value: Json): value is Access {
  return value === 'none' || value === 'read' || value === 'write';
}

function readOnly(access: Access): Access {
  return access === 'write' ? 'read' : access;
}
