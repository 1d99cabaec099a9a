import type { Paths } from '../domain/config.ts';
import { sessionPaths, type Session } from '../domain/session.ts';
import {
  formatRanges,
  type LineRange,
  mergeRanges,
  type PromptSection,
  type SharedType,
} from '../domain/spec-pack.ts';
import { blobUrl, codeLink, relativeUrl, shortSha } from './links.ts';
import { codeSpan } from './markdown.ts';

/** Where the specification lies, and on which commit the session begins. */
export interface SourceLinksView {
  readonly session: Session;
  readonly repositoryUrl: string;
  readonly paths: Paths;
  readonly prompt: Pick<PromptSection, 'slug'>;
  readonly types: readonly Pick<SharedType, 'name' | 'ranges'>[];
}

/**
 * Cells of the SSOT table: a link beside the document, and the same pinned to the base commit. Types that
 * touch share one stretch of lines, linked where the base commit has it.
 */
export function sourceLinks(view: SourceLinksView) {
  const { paths, prompt, session } = view;
  const handoff = `${paths.handoffs}/${session.module}.md`;
  const stretches = mergeRanges(view.types.flatMap(({ ranges }) => ranges));
  return {
    promptLocation: location(view, {
      path: paths.prompts,
      text: `${fileName(paths.prompts)}#${prompt.slug}`,
      anchor: prompt.slug,
    }),
    handoffLocation: location(view, { path: handoff, text: handoff, anchor: null }),
    typesLocation: [
      location(view, { path: paths.types, text: fileName(paths.types), anchor: null }),
      ...stretches.map((stretch) => stretchLink(view, stretch)),
    ].join(', '),
    typesLines: stretches.length === 0 ? '' : ` (lines ${formatRanges(stretches)})`,
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

/** The names of the types that stand in a stretch of lines, linked to it. */
function stretchLink(view: SourceLinksView, { start, end }: LineRange): string {
  const { paths, repositoryUrl, session, types } = view;
  const inside = types.filter(({ ranges }) =>
    ranges.some((range) => range.start >= start && range.end <= end),
  );
  const names = inside.map(({ name }) => codeSpan(name)).join(', ');
  const lines = `L${String(start)}-L${String(end)}`;
  return `[${names}](${blobUrl(repositoryUrl, session.baseSha, paths.types, lines)})`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
