/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
const DEFAULT_PAGE_SIZE = 30;
const MAX_PAGE_SIZE = 100;

export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

function whole(text: string | null, otherwise: number): number {
  const value = Number(text ?? '');
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

/** The page that `page` and `per_page` ask for, with the `link` header to its neighbours. */
export function paginate<T>(url: URL, items: readonly T[]): Page<T> {
  const size = Math.min(whole(url.searchParams.get('per_page'), DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
  const page = whole(url.searchParams.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(page > 1 ? [link(url, page - 1, 'prev')] : []),
    ...(page < last ? [link(url, page + 1, 'next'), link(url, last, 'last')] : []),
    ...(page > 1 ? [link(url, 1, 'first')] : []),
  ];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return { items: items.slice((page - 1) * size, page * size), headers };
}

function link(url: URL, page: number, rel: string): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  return `<${target.href}>; rel="${rel}"`;
}
