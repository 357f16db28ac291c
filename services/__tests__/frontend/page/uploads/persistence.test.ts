import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, Unreachable } from "../../../../frontend/page/api/errors.ts";
import { secondsUntilRetry } from "../../../../frontend/page/uploads/persistence.ts";
import { PartFailure } from "../../../../frontend/page/uploads/put-part.ts";

const triesAgain = (error: unknown, failures = 1) =>
  secondsUntilRetry(error, failures) !== undefined;

test("tries again what a broken network or a service that restarts can cause", () => {
  for (const error of [
    new Unreachable(),
    new ApiError(503, "unavailable", "away"),
    new PartFailure(0, "no answer"),
    new PartFailure(503, "slow down"),
  ])
    assert.ok(triesAgain(error), error.message);
});

test("waits as long as a rate limit asks", () => {
  const limited = new ApiError(429, "too-many-requests", "", { retryAfterSeconds: 42 });

  assert.equal(secondsUntilRetry(limited, 1), 42);
});

test("believes what cannot change by waiting", () => {
  for (const error of [
    new ApiError(413, "file-too-large", "too large"),
    new ApiError(400, "invalid-request", "no"),
    new PartFailure(400, "another length"),
    new PartFailure(404, "no such upload"),
    new TypeError("a mistake of ours"),
  ])
    assert.ok(!triesAgain(error), error.message);
});

test("believes a refusal of storage at the third fresh address: the first may have been too old", () => {
  const refusal = new PartFailure(403, "refused");

  assert.deepEqual(
    [1, 2, 3].map((failures) => triesAgain(refusal, failures)),
    [true, true, false],
  );
});
