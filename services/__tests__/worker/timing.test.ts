import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { timing } from "../../worker/src/queue/timing.ts";

const page = async () => {
  const text = await readFile(new URL("../../../docs/jobs.md", import.meta.url), "utf8");
  return text.replaceAll(/\s+/g, " ");
};

test("docs/jobs.md says after which times entries are taken over and locks end", async () => {
  const text = await page();

  assert.ok(text.includes(`nobody touched for ${timing.takeOverAfter / 1000} seconds`));
  assert.ok(text.includes(`\`previews:lock:<id>\` for ${timing.lockFor / 1000} seconds`));
  assert.equal(timing.keepEvery, 5000);
  assert.ok(text.includes("keeps its claim fresh every five seconds"));
});
