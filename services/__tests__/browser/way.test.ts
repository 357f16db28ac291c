import assert from "node:assert/strict";
import { test } from "node:test";

import { walk } from "../../frontend/walk/walk.ts";
import { engines, skipWithout } from "../../local/engines.ts";
import { makeFilms } from "./support/films.ts";
import { startWholePlatform } from "../../local/whole-platform.ts";

const skip = skipWithout("chromium", "ffmpeg", "postgres", "pgbouncer", "valkey");

test(
  "a person signs in, uploads through trouble, watches, shares and signs out",
  { skip },
  async (t) => {
    const films = await makeFilms();
    t.after(() => films.remove());
    const platform = await startWholePlatform();
    t.after(() => platform.close());

    const statements = await walk(
      { ...platform.account, url: platform.url, clips: [films.inParts, films.short] },
      engines.found.chromium?.program ?? "",
      ({ statement, held, objections }) => {
        t.diagnostic(`${held ? "✓" : "✗"} ${statement} ${objections.join("; ")}`);
      },
    );

    assert.deepEqual(
      statements.filter(({ held }) => !held),
      [],
    );
    assert.equal(statements.length, 24);
  },
);
