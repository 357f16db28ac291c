import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";

import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";
import type { Pool } from "pg";
import { pino } from "pino";

import { createPool } from "../../api/src/database/pool.ts";
import { type PromotionTools, promote } from "../../api/src/promotion/promote.ts";
import { startPromoter } from "../../api/src/promotion/promoter.ts";
import {
  finishPromotion,
  leaseSeconds,
  noteProgress,
  requestPromotion,
  takePromotion,
} from "../../api/src/promotion/store.ts";
import { type AssetView, bytesOf, upload } from "./support/files.ts";
import { needs } from "./support/needs.ts";
import { type Person, signedIn } from "./support/person.ts";
import { type Instance, type Platform, startPlatform } from "../../local/platform.ts";
import { until } from "../../local/wait.ts";

const MiB = 2 ** 20;

describe("a promotion", needs, () => {
  let platform: Platform;
  let api: Instance;
  let person: Person;
  before(async () => {
    platform = await startPlatform();
    api = await platform.start();
    person = await signedIn(api.url);
  });
  after(() => platform.close());

  const masters = () => platform.storage.buckets.masters;
  const promotion = (id: string, by = person) =>
    by.call<{ asset: AssetView }>("POST", `/api/assets/${id}/promote`);
  const asset = async (id: string, by = person) =>
    (await by.call<AssetView>("GET", `/api/assets/${id}`)).body;
  const becomes = (status: string, id: string, by = person) =>
    until(`the asset is ${status}`, async () => {
      const found = await asset(id, by);
      return found.status === status && found;
    });
  const versions = async (id: string) => {
    const list = new ListObjectVersionsCommand({ Bucket: masters(), Prefix: id });
    return (await platform.storage.root.send(list)).Versions?.length ?? 0;
  };
  const master = async (id: string, name = "a.mov") => {
    const get = new GetObjectCommand({ Bucket: masters(), Key: `${id}/${name}` });
    const { Body } = await platform.storage.root.send(get);
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  /** Requests to the masters' bucket about an asset, as `METHOD query`. */
  const requests = (id: string, pattern: RegExp) =>
    platform.storage.cloud.requestLog
      .entries()
      .filter(({ path }) => path.startsWith(`/${masters()}/${id}`))
      .filter(({ method, query }) => pattern.test(`${method} ${query}`)).length;
  const begun = (id: string) => requests(id, /^POST (x-id=\w+&)?uploads/);
  const jobsOf = async (id: string) => {
    const entries = await platform.queue.xrange("previews:build", "-", "+");
    return entries.filter(([, fields]) => fields[1]?.includes(id)).length;
  };

  test("that is asked for many times, of two instances at once, makes one master and one job", async () => {
    const file = bytesOf(6 * MiB);
    const { id } = await upload(person, "a.mov", file);
    const second = await platform.start();
    const other = await signedIn(second.url);
    const asked = [person, other, person, other].map((by) => promotion(id, by));

    assert.ok((await Promise.all(asked)).every(({ status }) => [200, 202].includes(status)));
    await becomes("promoted", id);
    assert.equal((await promotion(id)).status, 200);
    await until("the job", async () => (await jobsOf(id)) > 0);
    assert.equal(await jobsOf(id), 1);
    assert.equal(await versions(id), 1);
    assert.equal(begun(id), 1);
    assert.ok((await master(id)).equals(file));
    // It would take over what a test after this one gives back.
    await second.stop();
  });

  test("says until when object lock keeps the master", async () => {
    const { id } = await upload(person, "a.mov", bytesOf(MiB));
    assert.equal((await asset(id)).lockedUntil, undefined);
    await promotion(id);
    const { lockedUntil = "" } = await becomes("promoted", id);

    const head = new GetObjectCommand({ Bucket: masters(), Key: `${id}/a.mov` });
    const { ObjectLockRetainUntilDate } = await platform.storage.root.send(head);
    const difference = Date.parse(lockedUntil) - (ObjectLockRetainUntilDate?.getTime() ?? 0);
    assert.ok(Math.abs(difference) < 60_000, `${difference} ms apart`);
  });

  test("that was cut off by kill -9 is finished by another instance, unasked, with the same upload", async () => {
    const doomed = await platform.start();
    await api.stop();
    const file = bytesOf(6 * MiB);
    person.url = doomed.url;
    const { id } = await upload(person, "a.mov", file);
    platform.storage.cloud.faults.add({
      platform: "wasabi",
      method: "PUT",
      path: `${masters()}/${id}`,
      kind: "slow",
      seconds: 25,
    });
    await promotion(id);
    await until("the copy begins", () => begun(id) === 1);
    await until("the upload is noted", async () => {
      const rows = await platform.database.server.query(
        "select 1 from promotions where storage_id is not null",
        [],
        "defaultdb",
      );
      return rows.length === 1;
    });
    await doomed.kill();

    api = await platform.start();
    person.url = api.url;
    await becomes("promoted", id);
    assert.ok((await master(id)).equals(file));
    assert.equal(begun(id), 1);
    assert.equal(await versions(id), 1);
  });

  const slowCopy = (id: string) => {
    platform.storage.cloud.faults.add({
      platform: "wasabi",
      method: "PUT",
      path: `${masters()}/${id}`,
      kind: "slow",
      seconds: 25,
    });
  };
  const openDatabase = (by: "api" | "migrate" = "api") => {
    const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = platform.database[by];
    return createPool({ url, certificateAuthority }, pino({ level: "silent" }));
  };

  test("that SIGTERM meets is given back, and another instance has it at once", async () => {
    const ending = await platform.start();
    await api.stop();
    person.url = ending.url;
    const { id } = await upload(person, "a.mov", bytesOf(6 * MiB));
    slowCopy(id);
    await promotion(id);
    await until("the copy begins", () => begun(id) === 1);

    const ended = await ending.stop();
    assert.equal(ended, 0, JSON.stringify(ending.process.lines().slice(-3)));
    const leases = await platform.database.server.query(
      "select 1 from promotions where lease_until is not null",
      [],
      "defaultdb",
    );
    assert.equal(leases.length, 0);
    api = await platform.start();
    person.url = api.url;
    await becomes("promoted", id);
    assert.equal(await versions(id), 1);
  });

  test("whose last answer is lost makes one master", async () => {
    const { id } = await upload(person, "a.mov", bytesOf(MiB));
    const isLast = { platform: "wasabi", method: "POST", path: `${masters()}/${id}` } as const;
    // The first POST begins the upload in masters.
    platform.storage.cloud.faults.add({ ...isLast, kind: "slow", seconds: 0.01 });
    platform.storage.cloud.faults.add({ ...isLast, kind: "dropped-connection" });
    await promotion(id);

    await becomes("promoted", id);
    assert.equal(await versions(id), 1);
    assert.equal(begun(id), 1);
  });

  test("of an upload that staging no longer has fails with words, and can be asked for again", async () => {
    const file = bytesOf(MiB);
    const { id } = await upload(person, "a.mov", file);
    const place = { Bucket: platform.storage.buckets.staging, Key: `${id}/a.mov` };
    await platform.storage.root.send(new DeleteObjectCommand(place));
    await promotion(id);
    assert.match((await becomes("failed", id)).reason ?? "", /no longer in staging/);

    await platform.storage.root.send(new PutObjectCommand({ ...place, Body: file }));
    await promotion(id);
    await until("it says that the upload has changed", async () =>
      (await asset(id)).reason?.includes("has changed"),
    );
    assert.equal(await versions(id), 0);
    const preview = await person.call("POST", `/api/assets/${id}/preview`);
    assert.equal(preview.status, 409);
  });

  describe("in many parts", () => {
    let database: Pool;
    let tools: PromotionTools;
    before(async () => {
      // The instances would take the promotions that this process wants.
      await api.stop();
      database = openDatabase();
      const { endpoint, region, keys, buckets } = platform.storage;
      tools = {
        database,
        client: createStorage({ endpoint, region, ...keys.promoter }),
        stagingBucket: buckets.staging,
        mastersBucket: buckets.masters,
        partBytes: 5 * MiB,
      };
    });
    after(() => database.end());

    const uploaded = async (file: Buffer) => {
      const instance = await platform.start();
      const { id } = await upload(await signedIn(instance.url), "a.mov", file);
      await instance.kill();
      await requestPromotion(database, id);
      return id;
    };
    const take = async () => {
      const taken = await takePromotion(database);
      assert.ok(taken);
      return taken;
    };
    const never = new AbortController().signal;
    const copies = (id: string) => requests(id, /^PUT .*partNumber/);

    test("copies the bytes in their order, and goes on where it was left", async () => {
      const file = bytesOf(23 * MiB);
      const id = await uploaded(file);
      const ending = new AbortController();
      platform.storage.cloud.faults.add({
        platform: "wasabi",
        method: "PUT",
        path: `${masters()}/${id}`,
        kind: "slow",
        seconds: 20,
      });
      const first = promote(tools, await take(), ending.signal);
      await until("four of five parts are copied", () => copies(id) === 4);
      ending.abort();
      await assert.rejects(first, /abort/i);
      await platform.database.server.query(
        "update promotions set lease_until = now()",
        [],
        "defaultdb",
      );
      const before = copies(id);
      await promote(tools, await take(), never);

      assert.ok(copies(id) - before <= 1, "only the part that was not there is copied");
      assert.ok((await master(id)).equals(file));
      assert.equal(await versions(id), 1);
    });

    test("that is given back at an end is not held on to by a renewal of its lease", async () => {
      const id = await uploaded(bytesOf(6 * MiB));
      slowCopy(id);
      // As a role that waits for a row for as long as it takes.
      const patient = openDatabase("migrate");
      const promoter = startPromoter(
        { ...tools, database: patient },
        () => undefined,
        pino({ level: "silent" }),
      );
      await until("the copy is under way", () => copies(id) > 0);
      const holder = await patient.connect();
      await holder.query("begin");
      await holder.query("select 1 from promotions where asset_id = $1 for update", [id]);

      const ended = promoter.stop();
      // What gives the lease back waits for the row now, for longer than it is from one renewal to the next.
      await setTimeout((leaseSeconds / 3) * 1000 + 500);
      await holder.query("commit");
      holder.release();
      await ended;
      await patient.end();
      const taken = await take();
      assert.equal(taken.assetId, id, "another instance has it at once");
      await promote(tools, taken, never);
    });

    test("that is done shows no progress any more, however late it was said", async () => {
      const id = await uploaded(bytesOf(12 * MiB));
      await promote(tools, await take(), never);
      await noteProgress(database, id, 66);

      const rows = await platform.database.server.query(
        "select status, progress from assets where id = $1",
        [id],
        "defaultdb",
      );
      assert.deepEqual(rows, [{ status: "promoted", progress: null }]);
    });

    test("that two hold, because one was slow, makes one master", async () => {
      const file = bytesOf(12 * MiB);
      const id = await uploaded(file);
      const slow = await take();
      const storageId = await platform.storage.root.send(
        new CreateMultipartUploadCommand({ Bucket: masters(), Key: `${id}/a.mov` }),
      );
      await platform.database.server.query(
        "update promotions set lease_until = now(), storage_id = $1, storage_since = now()",
        [storageId.UploadId],
        "defaultdb",
      );
      const other = await take();
      await promote(tools, other, never);
      // The slow one wakes up, with what it knew before.
      await assert.rejects(
        promote(tools, { ...slow, storageId: storageId.UploadId ?? "" }, never),
        /NoSuchUpload|upload/i,
      );

      // Even if it believed that it had finished: the job of the other may be over by now.
      await platform.database.server.query("update jobs set state = 'done'", [], "defaultdb");
      await finishPromotion(database, slow);

      const jobs = await platform.database.server.query(
        "select 1 from jobs where asset_id = $1",
        [id],
        "defaultdb",
      );
      assert.equal(jobs.length, 1);
      assert.ok((await master(id)).equals(file));
      assert.equal(await versions(id), 1);
    });
  });
});
