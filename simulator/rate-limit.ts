/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const LIMITS = { none: 60, user: 5000, installation: 1000 };

/** Requests an hour, by kind of token. */
export type Limits = Readonly<typeof LIMITS>;
const WINDOW_SECONDS = 3600;

interface Window {
  readonly resetAt: number;
  used: number;
}

/** The primary rate limit: so many requests an hour for each holder and resource. */
export class RateLimit {
  private readonly windows = new Map<string, Window>();
  private readonly milliseconds: () => number;

  private readonly limits: Limits;

  constructor(milliseconds: () => number, limits: Partial<Limits>) {
    this.milliseconds = milliseconds;
    this.limits = { ...LIMITS, ...limits };
  }

  /** Forgets what was counted. */
  clear(): void {
    this.windows.clear();
  }

  /** Counts one request; `allowed` is false once the hour's requests are spent. */
  spend(kind: keyof typeof LIMITS, holder: string, resource: 'core' | 'graphql') {
    const now = Math.floor(this.milliseconds() / 1000);
    const key = `${kind} ${holder} ${resource}`;
    const present = this.windows.get(key);
    const fresh = present === undefined || present.resetAt <= now;
    const window = fresh ? { resetAt: now + WINDOW_SECONDS, used: 0 } : present;
    this.windows.set(key, window);
    window.used += 1;
    const limit = this.limits[kind];
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
      'x-ratelimit-used': String(Math.min(limit, window.used)),
      'x-ratelimit-reset': String(window.resetAt),
      'x-ratelimit-resource': resource,
    };
    return { allowed: window.used <= limit, headers };
  }
}
