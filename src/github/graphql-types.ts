/** The parts of GitHub's GraphQL answers that the queries in this folder ask for. */

export interface BlobNode {
  readonly oid: string;
  readonly text?: string | null;
  readonly byteSize?: number;
  readonly isTruncated?: boolean;
  readonly isBinary?: boolean | null;
}

export interface FileNode {
  readonly object: BlobNode | null;
}

export interface RefNode {
  readonly target: { readonly oid: string } | null;
}

export interface ActorNode {
  readonly login: string;
  /** Only over GraphQL. */
  readonly __typename?: string;
}

export interface Reacted {
  readonly reactionGroups?:
    readonly { readonly content: string; readonly viewerHasReacted: boolean }[] | null;
}

/** What is optional is asked for by a sweep alone. */
export interface CommentNode extends Reacted {
  readonly id: string;
  readonly body: string;
  readonly author: ActorNode | null;
  /** The REST API's id. */
  readonly fullDatabaseId?: string | null;
  readonly createdAt?: string;
  readonly lastEditedAt?: string | null;
}

/** The comment that woke us. */
export interface AskingCommentNode extends Reacted {
  readonly id: string;
}

export interface ConversationNode {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly closed: boolean;
  readonly author: ActorNode | null;
  readonly labels: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
  readonly comments: { readonly nodes: readonly CommentNode[] };
  /** Only of a pull request. */
  readonly headRefOid?: string;
  /** Only of an issue. */
  readonly stateReason?: 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | 'REOPENED' | null;
  readonly timelineItems?: {
    readonly nodes: readonly {
      readonly actor?: ActorNode | null;
      /** Empty where it is a commit or a project. */
      readonly closer?: { readonly number?: number; readonly title?: string } | null;
    }[];
  };
  /** Only where an asking label stands. */
  readonly labeled?: {
    readonly nodes: readonly {
      readonly actor?: ActorNode | null;
      readonly label?: { readonly name: string } | null;
    }[];
  };
}

export interface CheckRunNode {
  readonly id: string;
  readonly databaseId: number | null;
  readonly conclusion: string | null;
  readonly externalId: string | null;
  readonly annotations: { readonly totalCount: number } | null;
}

export interface PullRequestNode extends ConversationNode {
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly headRefName: string;
  readonly headRefOid: string;
  /** Null where the branch was deleted. */
  readonly headRef: { readonly id: string } | null;
  readonly isCrossRepository: boolean;
  readonly baseRefName: string;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly changedFiles: number;
  readonly files: {
    readonly nodes: readonly { readonly path: string; readonly changeType: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
  readonly commits: {
    readonly nodes: readonly {
      readonly commit: {
        readonly oid: string;
        readonly checkSuites: {
          readonly nodes: readonly {
            readonly app: { readonly slug: string } | null;
            readonly checkRuns: { readonly nodes: readonly CheckRunNode[] };
          }[];
        } | null;
      };
    }[];
  };
}
