/**
 * Requests that a token may make. Source: DigitalOcean API description, `shared/headers.yml`: "5000 requests per hour
 * and 250 requests per minute".
 */
const rateLimits = { perHour: 5000, perMinute: 250 } as const;

const [hour, minute] = [3_600_000, 60_000];

/** What the answer's headers say about a token's limit. */
interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** When the oldest request leaves the hour, in seconds of Unix time. */
  readonly reset: number;
}

/** Counts requests by token, in virtual time. */
export interface RateLimiter {
  /** Counts a request and says what is left. */
  count(token: string, at: Date): RateLimitState & { readonly exceeded: boolean };
  /** Counts requests that somebody else made with a token within the last hour, but not within the last minute. */
  useUp(token: string, requests: number, at: Date): void;
}

/** A limiter that has seen no request. */
export function createRateLimiter(): RateLimiter {
  const requests = new Map<string, number[]>();
  return {
    useUp(token, count, at) {
      const times = Array.from({ length: count }, () => at.getTime() - 2 * minute);
      requests.set(token, [...times, ...(requests.get(token) ?? [])]);
    },
    count(token, at) {
      const now = at.getTime();
      const recent = (requests.get(token) ?? []).filter((time) => time > now - hour);
      const lastMinute = recent.filter((time) => time > now - minute).length;
      const exceeded = recent.length >= rateLimits.perHour || lastMinute >= rateLimits.perMinute;
      if (!exceeded) recent.push(now);
      requests.set(token, recent);
      return {
        limit: rateLimits.perHour,
        remaining: rateLimits.perHour - recent.length,
        reset: Math.ceil(((recent[0] ?? now) + hour) / 1000),
        exceeded,
      };
    },
  };
}
