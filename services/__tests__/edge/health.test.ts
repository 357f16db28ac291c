import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { StorageHealth, judgeHealth, storageStateOf } from "../../edge/src/health.ts";
import { startEdge } from "./support/edge.ts";
import { type PreviewStorage, startPreviewStorage } from "./support/storage.ts";

let storage: PreviewStorage;
before(async () => {
  storage = await startPreviewStorage();
});
after(() => storage.close());

async function health(changes: Record<string, string> = {}) {
  const edge = await startEdge(storage.endpoint, changes);
  try {
    const { status, body } = await edge.ask("/health");
    return { status, body: JSON.parse(body.toString()) as unknown };
  } finally {
    await edge.close();
  }
}

test("an edge that storage lets in is healthy, and says which release it is", async () => {
  assert.deepEqual(await health(), {
    status: 200,
    body: { status: "ok", service: "edge", release: "sha256:test", checks: { storage: "ok" } },
  });
});

for (const [what, changes] of [
  ["an unknown key", { WASABI_PREVIEWS_ACCESS_KEY: "UNKNOWN" }],
  ["a wrong secret", { WASABI_PREVIEWS_SECRET: "wrong" }],
  ["a bucket that is not there", { PREVIEWS_BUCKET: "no-such-bucket-at-all" }],
] as const) {
  test(`an edge with ${what} never becomes healthy`, async () => {
    const { status, body } = await health(changes);
    assert.equal(status, 503);
    assert.deepEqual((body as { checks: unknown }).checks, { storage: "refused" });
  });
}

test("an edge that has never reached storage is not healthy", async () => {
  assert.equal((await health({ WASABI_ENDPOINT: "http://127.0.0.1:9" })).status, 503);
});

test("storage that goes away does not make a running edge restart; a key that is withdrawn does", () => {
  assert.deepEqual(judgeHealth("away", true), { isReady: true, storage: "away" });
  assert.equal(judgeHealth("refused", true).isReady, false);
  assert.equal(judgeHealth("away", false).isReady, false);
  assert.equal(
    storageStateOf(new Error("x", { cause: { $metadata: { httpStatusCode: 403 } } })),
    "refused",
  );
  assert.equal(
    storageStateOf(new Error("x", { cause: { $metadata: { httpStatusCode: 503 } } })),
    "away",
  );
  assert.equal(storageStateOf(new Error("ECONNREFUSED")), "away");
});

test("storage is asked once, however many ask for health, and a silent one does not hold the answer up", async () => {
  let asked = 0;
  const storageHealth = new StorageHealth(() => {
    asked += 1;
    return new Promise(() => undefined);
  });
  const answers = await Promise.all([1, 2, 3].map(() => storageHealth.check()));
  assert.equal(asked, 1);
  for (const answer of answers) assert.equal(answer.isReady, false);
});
