import { ok } from '../../result.js';
import type {
  ILibrarySection,
  IMediaContainerPage,
  IMediaItem,
  IPageRequest,
  Result,
} from '../../types/index.js';
import type { QueryValue, ResponseParser } from '../http-client/index.js';
import { FIRST_PAGE, MAX_PAGE_LIMIT } from './constants.js';
import { checkPageRequest, parsePage, parseSections, parseSingleItem } from './helpers.js';
import type { IPlexLibrary, IPlexLibraryOptions } from './interfaces.js';

/** Reads a media server's sections and items. */
export class PlexLibrary implements IPlexLibrary {
  private readonly _options: IPlexLibraryOptions;

  constructor(options: IPlexLibraryOptions) {
    this._options = options;
  }

  /** The server's sections of the known types, in its order. */
  async listSections(): Promise<Result<readonly ILibrarySection[]>> {
    return this._get('/library/sections', parseSections);
  }

  /** One page of a section's items; `nextOffset` is null on the last one. */
  async listItems(
    sectionKey: string,
    page: IPageRequest = FIRST_PAGE,
  ): Promise<Result<IMediaContainerPage<IMediaItem>>> {
    const checked = checkPageRequest(page);
    if (!checked.ok) return checked;
    const path = `/library/sections/${encodeURIComponent(sectionKey)}/all`;
    return this._get(path, (body) => parsePage(body, page), {
      'X-Plex-Container-Start': page.offset,
      'X-Plex-Container-Size': page.limit,
    });
  }

  /** All items of a section; asks for a page when the one before is used up. */
  async *allItems(sectionKey: string): AsyncGenerator<Result<IMediaItem>, void, void> {
    let offset: number | null = 0;
    while (offset !== null) {
      const page: Result<IMediaContainerPage<IMediaItem>> = await this.listItems(sectionKey, {
        offset,
        limit: MAX_PAGE_LIMIT,
      });
      if (!page.ok) return yield page;
      for (const item of page.value.items) yield ok(item);
      offset = page.value.nextOffset;
    }
  }

  /** One item, or `not-found`. */
  async getItem(ratingKey: string): Promise<Result<IMediaItem>> {
    return this._get(`/library/metadata/${encodeURIComponent(ratingKey)}`, parseSingleItem);
  }

  private async _get<TValue>(
    path: string,
    parse: ResponseParser<TValue>,
    query: Readonly<Record<string, QueryValue>> = {},
  ): Promise<Result<TValue>> {
    const headers = this._options.auth.authHeaders();
    if (!headers.ok) return headers;
    return this._options.http.get(path, parse, { query, headers: headers.value });
  }
}
