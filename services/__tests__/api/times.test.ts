import assert from "node:assert/strict";
import { test } from "node:test";

import { isoTime } from "../../api/src/database/times.ts";

const times = {
  "2026-11-29 07:05:09.123456+00": "2026-11-29T07:05:09.123Z",
  "2026-11-29 07:05:09.1+00": "2026-11-29T07:05:09.100Z",
  "2026-11-29 07:05:09+00": "2026-11-29T07:05:09.000Z",
  "2026-11-29 07:05:09.999999+00": "2026-11-29T07:05:09.999Z",
  "2026-11-29 12:35:09.5+05:30": "2026-11-29T07:05:09.500Z",
  "2026-11-29 04:05:09-03": "2026-11-29T07:05:09.000Z",
};

for (const [text, iso] of Object.entries(times))
  test(`${text} is ${iso}`, () => {
    assert.equal(isoTime(text), iso);
  });
