import type {
  ILibrarySection,
  IMediaContainerPage,
  IMediaItem,
  IPageRequest,
  Result,
} from '../../types/index.js';
import type { IHttpClient } from '../http-client/index.js';
import type { IPlexAuth } from '../plex-auth/index.js';

export interface IPlexLibraryOptions {
  /** A client whose base is the media server. */
  readonly http: IHttpClient;
  readonly auth: Pick<IPlexAuth, 'authHeaders'>;
}

export interface IPlexLibrary {
  /** The server's sections of the known types, in its order. */
  listSections(): Promise<Result<readonly ILibrarySection[]>>;

  /** One page of a section's items; the first one unless told otherwise. */
  listItems(
    sectionKey: string,
    page?: IPageRequest,
  ): Promise<Result<IMediaContainerPage<IMediaItem>>>;

  /** All items of a section, page by page; ends after the first failure. */
  allItems(sectionKey: string): AsyncGenerator<Result<IMediaItem>, void, void>;

  /** One item. */
  getItem(ratingKey: string): Promise<Result<IMediaItem>>;
}
