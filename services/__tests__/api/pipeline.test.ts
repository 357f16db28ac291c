import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { GetObjectCommand } from "@aws-sdk/client-s3";

import { skipWithout } from "../../local/engines.ts";
import { type AssetView, bytesOf, upload } from "./support/files.ts";
import { type Person, signedIn } from "./support/person.ts";
import { type Instance, type Platform, startPlatform } from "../../local/platform.ts";
import { until } from "../../local/wait.ts";

describe("an upload on its way", { skip: skipWithout("postgres", "pgbouncer", "valkey") }, () => {
  let platform: Platform;
  let api: Instance;
  let person: Person;
  before(async () => {
    platform = await startPlatform();
    api = await platform.start();
    person = await signedIn(api.url);
  });
  after(() => platform.close());

  const asset = async (id: string) =>
    (await person.call<AssetView>("GET", `/api/assets/${id}`)).body;

  test("goes from the browser to staging, to masters, and to the workers' stream", async () => {
    const file = bytesOf(12 * 2 ** 20);
    const uploaded = await upload(person, "Interview Nº 1.mov", file);
    assert.equal(uploaded.status, "uploaded");

    const promoted = await person.call("POST", `/api/assets/${uploaded.id}/promote`);
    assert.equal(promoted.status, 202);
    await until("promoted", async () => (await asset(uploaded.id)).status === "promoted");

    const key = `${uploaded.id}/Interview_No_1.mov`;
    const master = await platform.storage.root.send(
      new GetObjectCommand({ Bucket: platform.storage.buckets.masters, Key: key }),
    );
    assert.ok(Buffer.from((await master.Body?.transformToByteArray()) ?? []).equals(file));
    assert.equal(master.ContentType, "video/quicktime");
    assert.equal(master.ObjectLockMode, "GOVERNANCE");

    await until("the job", async () => (await platform.queue.xlen("previews:build")) === 1);
    const [entry] = await platform.queue.xrange("previews:build", "-", "+");
    const job = JSON.parse(entry?.[1][1] ?? "") as Record<string, unknown>;
    assert.deepEqual(job.master, { bucket: platform.storage.buckets.masters, key });
    assert.deepEqual(job.preview, {
      bucket: platform.storage.buckets.previews,
      prefix: `${uploaded.id}/`,
    });
    assert.equal((await person.call("POST", `/api/assets/${uploaded.id}/promote`)).status, 200);
    assert.deepEqual(platform.storage.cloud.findings(), []);
  });
});
