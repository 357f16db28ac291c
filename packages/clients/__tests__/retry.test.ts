import { DEFAULT_RETRIES, isWorthRetrying, waitBeforeRetry } from "../src/retry.ts";

const now = new Date("2026-11-23T12:00:00Z");

test("server faults and too many requests are worth another attempt; 501 and refusals are not", () => {
  expect([429, 500, 502, 503, 504].every(isWorthRetrying)).toBe(true);
  expect([200, 400, 401, 403, 404, 409, 412, 422, 501].some(isWorthRetrying)).toBe(false);
});

test("waits double up to the longest", () => {
  const waits = [0, 1, 2, 3, 4, 5].map((attempt) =>
    waitBeforeRetry(attempt, DEFAULT_RETRIES, undefined, now),
  );

  expect(waits).toEqual([1, 2, 4, 8, 16, 30]);
});

test.each([
  [429, "12", 12],
  [503, "Mon, 23 Nov 2026 12:00:30 GMT", 30],
  [503, "Mon, 23 Nov 2026 11:00:00 GMT", 0],
  [500, "12", 1],
  [429, "soon", 1],
])("status %i with Retry-After %s waits %i s", (status, retryAfter, expected) => {
  expect(waitBeforeRetry(0, DEFAULT_RETRIES, { status, retryAfter }, now)).toBe(expected);
});
