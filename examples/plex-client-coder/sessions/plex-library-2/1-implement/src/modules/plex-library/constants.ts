import type { IPageRequest, LibrarySectionType, MediaType } from '../../types/index.js';

/** The most items a page may ask for. */
export const MAX_PAGE_LIMIT = 200;

/** The page that is asked for unless the caller says otherwise. */
export const FIRST_PAGE: IPageRequest = { offset: 0, limit: 50 };

/** The section types that are listed; a server may have others. */
export const SECTION_TYPES: readonly LibrarySectionType[] = ['movie', 'show', 'artist', 'photo'];

/** The media types with a name of their own; the rest is `other`. */
export const MEDIA_TYPES: readonly MediaType[] = ['movie', 'episode', 'track'];
