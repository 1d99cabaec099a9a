import { OUR_LABEL } from '../domain/labels.ts';

/** Makes a value a variable of the query, and names it. */
export type Bind = (value: string) => string;

/** As many issues and pull requests, those that changed last, are looked through for what got no answer. */
const RECENT_LIMIT = 25;
/** The newest are enough: of a duplicate, the one that stays is on record. */
const OWN_LIMIT = 100;

const OWN_ISSUE = `id number url title body closed author { login __typename }
      labels(first: 1) { nodes { id name } }
      comments(last: 10) { nodes { id body author { login __typename } } }`;

/** What only a sweep asks for, in the same request. */
export function sweptParts(
  sessions: readonly { readonly branch: string; readonly pullRequest: number | null }[],
  bind: Bind,
): readonly string[] {
  const order = (field: string): string => `orderBy: { field: ${field}, direction: DESC }`;
  const recent = `first: ${RECENT_LIMIT}, ${order('UPDATED_AT')}`;
  const own = `labels: ["${OUR_LABEL}"], states: OPEN, first: ${OWN_LIMIT}, ${order('CREATED_AT')}`;
  return [
    `recent_issues: issues(${recent}) { nodes { ...issue } }`,
    `recent_pulls: pullRequests(${recent}) { nodes { ...conversation ...head } }`,
    `own_issues: issues(${own}) { nodes { ${OWN_ISSUE} } }`,
    ...sessions.flatMap(({ branch, pullRequest }, index) =>
      pullRequest === null
        ? []
        : [
            `s${index}_same: pullRequests(headRefName: ${bind(branch)}, states: OPEN, first: 10) { nodes { ...conversation } }`,
          ],
    ),
  ];
}

/** What of every comment tells whether it was answered: much text, so that only a sweep asks. */
export function askedFragment(isSwept: boolean): string {
  const fields = isSwept
    ? 'fullDatabaseId createdAt lastEditedAt reactionGroups { content viewerHasReacted }'
    : 'id';
  return `fragment asked on IssueComment { ${fields} }`;
}
