/**
 * Waits between attempts, in seconds. A rehearsal waits by its virtual clock.
 *
 * @param signal ends the wait early, by an error.
 */
export type Sleep = (seconds: number, signal?: AbortSignal) => Promise<void>;

/** How a client tries again. */
export interface RetrySettings {
  /** Further attempts after the first. 0 means one attempt only. */
  readonly retries: number;
  /** Shortest wait between two attempts, in seconds. */
  readonly leastWaitSeconds: number;
  /** Longest wait between two attempts, in seconds. */
  readonly mostWaitSeconds: number;
}

/**
 * Four further attempts with waits of 1, 2, 4 and 8 seconds: the defaults of the DigitalOcean
 * Terraform provider 2.99.1 (`http_retry_max`, `http_retry_wait_min`, `http_retry_wait_max`).
 */
export const DEFAULT_RETRIES: RetrySettings = {
  retries: 4,
  leastWaitSeconds: 1,
  mostWaitSeconds: 30,
};

/**
 * Whether an answer is worth another attempt: too many requests, or a fault of the server. 501 is
 * not: asking again does not make a call exist (go-retryablehttp 0.7, DefaultRetryPolicy).
 */
export function isWorthRetrying(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header === "") return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000);
}

/**
 * How long to wait before the next attempt, in seconds: what the server asks for when it is
 * overloaded (429 or 503), else twice as long as before, within the settings' bounds.
 *
 * @param attempt 0 after the first attempt.
 */
export function waitBeforeRetry(
  attempt: number,
  settings: RetrySettings,
  answer: { readonly status: number; readonly retryAfter: string | undefined } | undefined,
  now: Date,
): number {
  const asked =
    answer !== undefined && [429, 503].includes(answer.status)
      ? retryAfterSeconds(answer.retryAfter, now)
      : undefined;
  return asked ?? Math.min(settings.leastWaitSeconds * 2 ** attempt, settings.mostWaitSeconds);
}
