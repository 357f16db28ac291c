import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import { verifyLink } from "@mam-services/common/links";

import { type AssetView, type ErrorView, bytesOf, upload } from "./support/files.ts";
import { needs } from "./support/needs.ts";
import { type Person, signedIn } from "./support/person.ts";
import { type Instance, type Platform, startPlatform } from "../../local/platform.ts";
import { until } from "../../local/wait.ts";

const stream = "previews:build";
const media = { duration: 12.5, width: 1280, height: 720, fps: 25, hasAudio: true };

interface JobMessage {
  readonly id: string;
  readonly asset: string;
  readonly report: string;
  readonly token: string;
}

interface JobView {
  readonly id: string;
  readonly assetId: string;
  readonly state: string;
  readonly attempts: number;
  readonly reason?: string;
}

describe("preview jobs", needs, () => {
  let platform: Platform;
  let api: Instance;
  let person: Person;
  let id: string;
  before(async () => {
    platform = await startPlatform();
    api = await platform.start();
    person = await signedIn(api.url);
  });
  beforeEach(async () => {
    // What the test before left would be sent again in this one.
    await platform.database.server.query("delete from jobs", [], "defaultdb");
    await platform.queue.flushall();
    ({ id } = await upload(person, "a.mov", bytesOf(1000)));
  });
  after(() => platform.close());

  const asset = async () => (await person.call<AssetView>("GET", `/api/assets/${id}`)).body;
  const promoted = async () => {
    await person.call("POST", `/api/assets/${id}/promote`);
    await until("promoted", async () => (await asset()).status === "promoted");
  };
  const messages = async () => {
    const entries = await platform.queue.xrange(stream, "-", "+");
    return entries.map(([, [, text = ""]]) => JSON.parse(text) as JobMessage);
  };
  const message = (count = 1) =>
    until(`entry ${count} of the stream`, async () => {
      const all = await messages();
      return all.length >= count && all[count - 1];
    });
  const report = async (job: JobMessage, body: object, token = job.token) =>
    (await person.call("POST", job.report, { body, token })).status;
  const jobs = async () =>
    (await person.call<{ items: JobView[] }>("GET", "/api/jobs?limit=200")).body.items.filter(
      ({ assetId }) => assetId === id,
    );
  /** Makes the api look at every job now, as if it had been silent for long. */
  const silence = () =>
    platform.database.server.query(
      "update jobs set due_at = now() - interval '1 s'",
      [],
      "defaultdb",
    );

  test("an asset goes through what its worker reports", async () => {
    await promoted();
    const job = await message();
    const seen: unknown[] = [];
    const look = async () => {
      const { status, playable, progress } = await asset();
      seen.push([status, playable, progress]);
    };
    for (const body of [
      { event: "started", attempt: 1, worker: "one" },
      { event: "progress", percent: 41.7 },
      { event: "playable" },
      { event: "released" },
      { event: "started", attempt: 2, worker: "two" },
      { event: "ready", media },
    ]) {
      assert.equal(await report(job, body), 204);
      await look();
    }

    assert.deepEqual(seen, [
      ["processing", false, 0],
      ["processing", false, 41],
      ["processing", true, 41],
      ["processing", true, 41],
      ["processing", true, 0],
      ["ready", true, undefined],
    ]);
    assert.deepEqual((await asset()).media, media);
    const [shown] = await jobs();
    assert.deepEqual([shown?.state, shown?.attempts], ["done", 2]);
  });

  test("a report again changes nothing, and one for a job that is over is told so", async () => {
    await promoted();
    const job = await message();

    assert.equal(await report(job, { event: "ready", media }), 204);
    assert.equal(await report(job, { event: "ready", media }), 204);
    assert.equal(await report(job, { event: "started", attempt: 2, worker: "late" }), 409);
    assert.equal((await asset()).status, "ready");
  });

  test("only the job's own token may report", async () => {
    await promoted();
    const job = await message();

    assert.equal(await report(job, { event: "playable" }, "another"), 401);
    assert.equal(await report(job, { event: "playable" }, person.token), 401);
    assert.equal(await report(job, { event: "playable" }, " "), 401);
    assert.equal(await report(job, { event: "celebrated" }), 400);
    const { rows } = {
      rows: await platform.database.server.query("select token_hashes from jobs", [], "defaultdb"),
    };
    assert.ok(!JSON.stringify(rows).includes(job.token));
  });

  test("a file that is no film is refused with words, and one that failed can be made again", async () => {
    await promoted();
    await report(await message(), { event: "refused", reason: "This is no film: a spreadsheet." });
    assert.deepEqual(
      [(await asset()).status, (await asset()).reason],
      ["refused", "This is no film: a spreadsheet."],
    );

    const again = await person.call("POST", `/api/assets/${id}/preview`);
    assert.equal(again.status, 202);
    const second = await message(2);
    assert.equal((await asset()).reason, undefined);
    await report(second, { event: "failed", attempt: 3, reason: "x".repeat(5000) });
    assert.equal((await asset()).status, "failed");
    assert.deepEqual(
      (await jobs()).map(({ state, attempts }) => [state, attempts]),
      [
        ["failed", 3],
        ["refused", 0],
      ],
    );
  });

  test("while a job is not over, asking for the preview again makes no second one", async () => {
    await promoted();
    await message();
    const asked = [1, 2, 3].map(() => person.call("POST", `/api/assets/${id}/preview`));

    assert.deepEqual(
      (await Promise.all(asked)).map(({ status }) => status),
      [202, 202, 202],
    );
    assert.equal((await jobs()).length, 1);
    assert.equal((await messages()).length, 1);
  });

  test("a job that Valkey lost is sent again with a token that counts, and so does the old one", async () => {
    await promoted();
    const lost = await message();
    await platform.queue.flushall();
    await silence();
    const sent = await message();

    assert.equal(sent.id, lost.id);
    assert.notEqual(sent.token, lost.token);
    assert.equal(await report(lost, { event: "playable" }), 204);
    assert.equal(await report(sent, { event: "ready", media }), 204);
  });

  test("a job is not sent again while the stream has it, read or unread", async () => {
    await promoted();
    const job = await message();
    await platform.queue.xgroup("CREATE", stream, "previewers", "0", "MKSTREAM");
    await platform.queue.xreadgroup(
      "GROUP",
      "previewers",
      "dead",
      "COUNT",
      1,
      "STREAMS",
      stream,
      ">",
    );
    await report(job, { event: "started", attempt: 1, worker: "dead" });
    await silence();
    await until("the api has looked", async () => {
      const rows = await platform.database.server.query(
        "select 1 from jobs where id = $1 and due_at > now()",
        [job.id],
        "defaultdb",
      );
      return rows.length === 1;
    });

    assert.equal((await messages()).length, 1);
    assert.equal((await jobs())[0]?.state, "running");
  });

  test("a job whose worker died and whose entry is lost is sent again", async () => {
    await promoted();
    const job = await message();
    await report(job, { event: "started", attempt: 1, worker: "dead" });
    await platform.queue.flushall();
    await silence();

    assert.equal((await message()).id, job.id);
    await report(await message(), { event: "started", attempt: 1, worker: "alive" });
    assert.equal((await asset()).status, "processing");
  });

  test("links are given out once something can be played, and signed with the active slot", async () => {
    const links = (kind: string, by = person) =>
      by.call<Record<string, string> & ErrorView>("POST", `/api/assets/${id}/${kind}`);
    assert.equal((await links("playback")).body.error.code, "not-playable");
    assert.equal((await links("shares")).status, 409);
    await promoted();
    await report(await message(), { event: "ready", media });
    const other = await signedIn((await platform.start({ EDGE_SIGNING_KEY_ACTIVE: "B" })).url);
    const keys = {
      A: platform.variables.EDGE_SIGNING_KEY_A ?? "",
      B: platform.variables.EDGE_SIGNING_KEY_B ?? "",
    };

    for (const [by, slot] of [
      [person, "A"],
      [other, "B"],
    ] as const) {
      const { body } = await links("playback", by);
      const path = new URL(body.hls ?? "").pathname;
      assert.ok(path.includes(`/${slot}/`));
      assert.equal(typeof verifyLink(path, keys, Date.now() / 1000, 0), "object");
      const share = (await links("shares", by)).body.url ?? "";
      assert.match(
        share,
        new RegExp(`^http://mam\\.localhost:8080/s/\\d+/${slot}/[0-9a-f]{64}/${id}$`),
      );
    }
    const { body } = await person.call<{ items: AssetView[] }>("GET", "/api/assets");
    const poster = body.items.find((item) => item.id === id)?.poster ?? "";
    assert.equal(typeof verifyLink(new URL(poster).pathname, keys, Date.now() / 1000, 0), "object");
  });

  test("lists have pages, newest first, that neither repeat nor leave out what is added meanwhile", async () => {
    interface List {
      readonly items: readonly AssetView[];
      readonly next: string | null;
    }
    const page = async (query: string) =>
      (await person.call<List>("GET", `/api/assets?${query}`)).body;
    for (const name of ["b.mov", "c.mov", "d.mov"]) await upload(person, name, bytesOf(1000));
    const all = await page("limit=200");
    const first = await page("limit=2");
    await upload(person, "e.mov", bytesOf(1000));
    const second = await page(`limit=2&cursor=${first.next}`);
    const names = ({ items }: List) => items.map((item) => item.id);

    assert.deepEqual(
      first.items.map(({ fileName }) => fileName),
      ["d.mov", "c.mov"],
    );
    assert.deepEqual([...names(first), ...names(second)], names(all).slice(0, 4));
    assert.equal(all.next, null);
    assert.equal((await person.call("GET", "/api/assets?cursor=nonsense")).status, 400);
    assert.equal((await person.call("GET", "/api/assets?limit=0")).status, 400);
    assert.equal((await person.call("GET", "/api/jobs?limit=1")).status, 200);
  });

  test("a job waits in the table while Valkey is away, and is sent when it is back", async () => {
    await platform.queue.config("SET", "maxmemory", "1");
    await promoted();
    await until("the api has tried", () =>
      api.process.lines().some(({ msg, work }) => msg === "a round failed" && work === "outbox"),
    );
    assert.equal((await jobs())[0]?.state, "waiting");
    await platform.queue.config("SET", "maxmemory", "0");

    assert.equal((await message()).asset, id);
    await until("it is noted", async () => (await jobs())[0]?.state === "queued");
  });
});
