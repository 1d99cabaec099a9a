import { fail, ok } from '../../result.js';
import type {
  IErr,
  ILibrarySection,
  IMediaContainerPage,
  IMediaItem,
  IPageRequest,
  IPlexError,
  Result,
} from '../../types/index.js';
import { MAX_PAGE_LIMIT, MEDIA_TYPES, SECTION_TYPES } from './constants.js';
import type { UncheckedRecord } from './types.js';

/** Fails where a page request is out of range. */
export function checkPageRequest({ offset, limit }: IPageRequest): Result<void> {
  if (!Number.isInteger(offset) || offset < 0) {
    return fail('invalid-argument', `${offset} is not an offset.`);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_LIMIT) {
    return fail('invalid-argument', `A page holds 1 to ${MAX_PAGE_LIMIT} items, not ${limit}.`);
  }
  return ok(undefined);
}

/** Reads the sections; those of unknown types are left out. */
export function parseSections(body: unknown): Result<readonly ILibrarySection[]> {
  const container = parseContainer(body);
  if (!container.ok) return container;
  const sections: ILibrarySection[] = [];
  for (const entry of listOf(container.value['Directory'])) {
    const { key, title, type } = isRecord(entry) ? entry : {};
    if (typeof key !== 'string' || typeof title !== 'string') {
      return invalid('a section lacks key or title');
    }
    const known = SECTION_TYPES.find((candidate) => candidate === type);
    if (known !== undefined) sections.push({ key, title, type: known });
  }
  return ok(sections);
}

/** Reads one page; an answer without a total stands for the whole list. */
export function parsePage(
  body: unknown,
  request: IPageRequest,
): Result<IMediaContainerPage<IMediaItem>> {
  const container = parseContainer(body);
  if (!container.ok) return container;
  const items: IMediaItem[] = [];
  for (const entry of listOf(container.value['Metadata'])) {
    const item = parseItem(entry);
    if (!item.ok) return item;
    items.push(item.value);
  }
  const end = request.offset + items.length;
  const { totalSize } = container.value;
  const total = typeof totalSize === 'number' ? totalSize : end;
  const nextOffset = items.length > 0 && end < total ? end : null;
  return ok({ items, offset: request.offset, totalSize: total, nextOffset });
}

/** Reads an answer that holds exactly one item. */
export function parseSingleItem(body: unknown): Result<IMediaItem> {
  const container = parseContainer(body);
  if (!container.ok) return container;
  const [first] = listOf(container.value['Metadata']);
  return first === undefined ? fail('not-found', 'The server has no such item.') : parseItem(first);
}

function parseItem(entry: unknown): Result<IMediaItem> {
  const { ratingKey, title, type, duration } = isRecord(entry) ? entry : {};
  if (typeof ratingKey !== 'string' || typeof title !== 'string') {
    return invalid('an item lacks ratingKey or title');
  }
  return ok({
    ratingKey,
    title,
    type: MEDIA_TYPES.find((candidate) => candidate === type) ?? 'other',
    durationMs: typeof duration === 'number' ? duration : 0,
  });
}

function parseContainer(body: unknown): Result<UncheckedRecord> {
  const container = isRecord(body) ? body['MediaContainer'] : undefined;
  return isRecord(container) ? ok(container) : invalid('the answer has no MediaContainer');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is UncheckedRecord {
  return typeof value === 'object' && value !== null;
}

function invalid(what: string): IErr<IPlexError> {
  return fail('invalid-response', `Library: ${what}.`);
}
