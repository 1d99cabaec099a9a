import builtIn from '../../templates/pull-request-body.hbs';
import type { ModuleConfig, Paths } from '../domain/config.ts';
import type { Request } from '../domain/implementation-state.ts';
import type { ReportFormat } from '../domain/report-format.ts';
import { sessionPaths, type Session } from '../domain/session.ts';
import { blobUrl, codeLink } from './links.ts';
import { codeSpan, details, escapeInline, fence } from './markdown.ts';
import { parseSessionMarker, renderMarker } from './marker.ts';
import { renderCommands, type ToldCommand } from './orchestration-document.ts';
import { renderReport } from './report.ts';
import type { Template } from './template.ts';
import { BODY_LIMIT, truncate } from './truncate.ts';
import { count, who } from './wording.ts';

export interface PullRequestBodyView {
  readonly module: Pick<ModuleConfig, 'id' | 'name'>;
  readonly session: Session;
  readonly repositoryUrl: string;
  /** Our commit that holds the document: the branch may be deleted once it is merged. */
  readonly documentSha: string;
  readonly paths: Paths;
  readonly commands: readonly ToldCommand[];
  readonly selfFixLimit: number;
  /** What the implementation report has to hold. */
  readonly reportFormat: ReportFormat;
  readonly request: Request | null;
}

/** The description of a session's pull request: what it is and how to work in it. */
export function renderPullRequestBody(
  view: PullRequestBodyView,
  template: Template = builtIn,
): string {
  const { module, session } = view;
  const marker = renderMarker('pull-request', { module: module.id, attempt: session.attempt });
  const body = template(pullRequestBodyFields(view)).trimEnd();
  const pointer = '*Cut here: GitHub takes no more. The document has the whole.*';
  return `${truncate(body, BODY_LIMIT - marker.length - 3, pointer)}\n\n${marker}\n`;
}

/** What its template gets; the marker is not the template's to leave out. */
export function pullRequestBodyFields(view: PullRequestBodyView) {
  const { module, session, paths } = view;
  const own = sessionPaths(module.id, session.attempt, paths.documents);
  return {
    name: escapeInline(module.name),
    moduleId: codeSpan(module.id),
    sessionId: codeSpan(session.sessionId),
    attempt: session.attempt,
    maxAttempts: session.maxAttempts,
    requestedBy: requestedBy(view.request),
    documentLink: codeLink(
      own.document,
      blobUrl(view.repositoryUrl, view.documentSha, own.document),
    ),
    branch: codeSpan(own.branch),
    reportPath: codeSpan(own.report),
    codingAgentPath: codeSpan(paths.codingAgent),
    reportToFillIn: reportToFillIn(view),
    escalationReportPath: codeSpan(own.escalationReport),
    claimPath: codeSpan(own.claim),
    selfFixes: count(view.selfFixLimit, 'failed verification'),
    commands: renderCommands(view.commands),
  };
}

/** The session that a pull request of ours names, or null. */
export function parsePullRequestBody(
  body: string,
): { readonly module: string; readonly attempt: number } | null {
  return parseSessionMarker(body, 'pull-request');
}

/** With the session's own values filled in, folded. */
function reportToFillIn({ module, session, reportFormat }: PullRequestBodyView): string {
  const { sessionId, attempt } = session;
  const report = renderReport('implementation', { module, sessionId, attempt }, reportFormat);
  return details('The implementation report, to be filled in', fence(report.trimEnd(), 'markdown'));
}

function requestedBy(request: Request | null): string {
  if (request === null) return '';
  const place = request.source === null ? '' : ` in #${String(request.source)}`;
  return `, requested by ${who(request.by)}${place}`;
}
