import type { Paths } from '../domain/config.ts';
import { sessionPaths, type Session } from '../domain/session.ts';
import type { LineRange, PromptSection, SharedType } from '../domain/spec-pack.ts';
import { blobUrl, codeLink, link, relativeUrl, shortSha } from './links.ts';

/** Where the specification lies, and on which commit the session begins. */
export interface SourceLinksView {
  readonly session: Session;
  readonly repositoryUrl: string;
  readonly paths: Paths;
  readonly prompt: Pick<PromptSection, 'slug'>;
  readonly types: readonly Pick<SharedType, 'name' | 'ranges'>[];
}

/** Cells of the SSOT table: a link beside the document, and the same pinned to the base commit. */
export function sourceLinks(view: SourceLinksView) {
  const { paths, prompt, session } = view;
  const handoff = `${paths.handoffs}/${session.module}.md`;
  return {
    promptLocation: location(view, {
      path: paths.prompts,
      text: `${fileName(paths.prompts)}#${prompt.slug}`,
      anchor: prompt.slug,
    }),
    handoffLocation: location(view, { path: handoff, text: handoff, anchor: null }),
    typesLocation: [
      location(view, { path: paths.types, text: fileName(paths.types), anchor: null }),
      ...view.types.flatMap((type) => typeLinks(view, type)),
    ].join(', '),
    typesLines: linesText(view.types.flatMap(({ ranges }) => ranges)),
  };
}

interface Location {
  readonly path: string;
  readonly text: string;
  readonly anchor: string | null;
}

function location(view: SourceLinksView, { path, text, anchor }: Location): string {
  const { session, repositoryUrl, paths } = view;
  const document = sessionPaths(session.module, session.attempt, paths.documents).document;
  const pinned = blobUrl(repositoryUrl, session.baseSha, path, anchor);
  const beside = codeLink(text, relativeUrl(document, path, anchor));
  return `${beside} ([at ${shortSha(session.baseSha)}](${pinned}))`;
}

function typeLinks(
  { session, repositoryUrl, paths }: SourceLinksView,
  type: Pick<SharedType, 'name' | 'ranges'>,
): readonly string[] {
  return type.ranges.map(({ start, end }) =>
    link(
      `\`${type.name}\``,
      blobUrl(repositoryUrl, session.baseSha, paths.types, `L${String(start)}-L${String(end)}`),
    ),
  );
}

function linesText(ranges: readonly LineRange[]): string {
  if (ranges.length === 0) return '';
  const lines = ranges.map(({ start, end }) => `${String(start)}-${String(end)}`);
  return ` (lines ${lines.join(', ')})`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
