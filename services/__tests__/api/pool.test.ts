import assert from "node:assert/strict";
import { test } from "node:test";

import pino from "pino";

import { createPool } from "../../api/src/database/pool.ts";
import { statementSeconds } from "../../api/src/database/timeouts.ts";

test("a server that never answers is waited for as long as a statement may take, and no longer", async () => {
  const access = { url: "postgres://api:secret@127.0.0.1:1/mam", certificateAuthority: "" };
  const pool = createPool(access, pino({ level: "silent" }));

  assert.equal(pool.options.query_timeout, statementSeconds * 1000);
  await pool.end();
});
