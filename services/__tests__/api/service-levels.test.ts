import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { stepOf } from "@mam-services/common/service-levels/times";
import {
  type Objective,
  type ServiceLevels,
  serviceLevelsSchema,
} from "@mam-services/common/service-levels/verdict";

import { type Instance, type Platform, startPlatform } from "../../local/platform.ts";
import { until } from "../../local/wait.ts";
import { aFrontend } from "../frontend/support/frontend.ts";
import { needs } from "./support/needs.ts";
import { signedIn } from "./support/person.ts";

describe("service levels with the shortest window", needs, () => {
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.close());

  test("count the requests of just now", async () => {
    const told = { SERVICE_LEVEL_WINDOW_SECONDS: "30", SERVICE_LEVEL_LEAST_REQUESTS: "5" };
    const { url } = await platform.start(told);
    for (let request = 0; request < 6; request += 1) await fetch(`${url}/api/session`);
    const headers = { "x-forwarded-for": "198.51.100.1" };
    const response = await fetch(`${url}/api/service-levels`, { headers });
    const { objectives } = serviceLevelsSchema.parse(await response.json());

    assert.equal(objectives.find(({ name }) => name === "error-rate")?.count, 6);
  });
});

describe("service levels of two instances", needs, () => {
  let platform: Platform;
  let one: Instance;
  let two: Instance;
  before(async () => {
    platform = await startPlatform();
    const told = { SERVICE_LEVEL_LEAST_REQUESTS: "20", INTERNAL_PORT: "0" };
    one = await platform.start(told);
    two = await platform.start(told);
  });
  after(() => platform.close());

  let asked = 0;
  /** Asked by another client address each time: a single one has a limit. */
  const levels = async ({ url }: Instance) => {
    asked += 1;
    const from = `198.51.${Math.floor(asked / 250)}.${asked % 250}`;
    const headers = { "x-forwarded-for": from };
    const response = await fetch(`${url}/api/service-levels`, { headers });
    return { code: response.status, ...serviceLevelsSchema.parse(await response.json()) };
  };
  const objective = ({ objectives }: Pick<ServiceLevels, "objectives">, name: string): Objective =>
    objectives.find((each) => each.name === name)!;
  /** An objective of an instance, once it is met or missed. While PostgreSQL is too busy to be asked there is none. */
  const soon = (instance: Instance, name: string, met: boolean) =>
    until(`${name} is ${met ? "met" : "missed"}`, async () => {
      const { objectives } = await levels(instance);
      return objectives.find((each) => each.name === name && each.met === met);
    });
  const sql = (text: string, parameters: unknown[] = []) =>
    platform.database.server.query(text, parameters, "defaultdb");
  const internalBase = ({ process }: Instance) => {
    const line = process.lines().find(({ msg }) => msg === "listening");
    return `http://127.0.0.1:${String(line?.internalPort)}/service-levels`;
  };
  const report = (instance: Instance, service: string, body: unknown) =>
    fetch(`${internalBase(instance)}/${service}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const now = () => Math.floor(Date.now() / 10_000) * 10;
  /** A job in the table, with its asset; answers the job's id. */
  const aJob = async (state: string, heard = "now()", asset = randomUUID()) => {
    await sql(
      `insert into uploads (id, user_id, file_name, content_type, size, part_bytes, object_key, storage_id)
       select $1, id, 'a.mov', 'video/quicktime', 1, 1, 'a.mov', 'x' from users on conflict do nothing`,
      [asset],
    );
    await sql("insert into assets (id, staging_tag) values ($1, 'x') on conflict do nothing", [
      asset,
    ]);
    const finished = ["done", "failed"].includes(state) ? "now()" : "null";
    // Due later than the test takes: nobody sends it or looks for it.
    const [row] = await sql(
      `insert into jobs (asset_id, state, heard_at, finished_at, due_at)
       values ($1, $2, ${heard}, ${finished}, now() + interval '1 day') returning id`,
      [asset, state],
    );
    return { id: String(row?.id), asset };
  };

  test("are met while nobody asks for anything, and say what is not judged", async () => {
    // A machine that is busy may need longer for its first answers than a look waits.
    await soon(one, "database", true);
    const found = await levels(one);

    assert.equal(found.instances, "all");
    assert.deepEqual(
      found.objectives.filter(({ met }) => !met),
      [],
    );
    assert.equal(objective(found, "backup-age").off, "no backup is configured");
    assert.equal(typeof objective(found, "oldest-job").value, "number");
  });

  test("are missed by every instance when one of them fails, and say by how much and since when", async () => {
    const person = await signedIn(one.url);
    const before = await until("the sign-in is counted", async () => {
      const { count = 0 } = objective(await levels(two), "error-rate");
      return count > 0 && count;
    });
    await sql("alter table assets rename to hidden");
    for (let index = 0; index < 25; index += 1) {
      assert.equal((await person.call("GET", "/api/assets")).status, 500);
      await fetch(`${one.url}/api/health`);
    }
    await sql("alter table hidden rename to assets");

    const missed = await until("all of them are counted", async () => {
      const found = objective(await levels(two), "error-rate");
      return found.count === before + 25 && found;
    });
    const same = await soon(one, "error-rate", false);

    assert.deepEqual([missed.met, missed.threshold], [false, 1]);
    assert.ok((missed.value ?? 0) > 50, String(missed.value));
    assert.equal(same.since, missed.since);
    const told = await levels(two);
    assert.deepEqual([told.code, told.objectives.filter(({ met }) => !met).length], [503, 1]);
    const lines = two.process.lines().filter(({ msg }) => msg === "service levels missed");
    assert.equal(lines.length, 1);
    assert.equal(
      two.process
        .lines()
        .some(({ route, level }) => route === "/api/service-levels" && level === "error"),
      false,
    );
  });

  test("count neither who watches nor the counts of others", async () => {
    const [before, served] = [await levels(one), await levels(one)];
    await report(one, "edge", { buckets: [] });
    for (let index = 0; index < 5; index += 1) await fetch(`${one.url}/api/health`);
    const after = await until("it is judged again", async () => {
      const found = await levels(one);
      return found.at !== before.at && found;
    });

    assert.equal(served.at, before.at);
    assert.equal(objective(after, "error-rate").count, objective(before, "error-rate").count);
  });

  test("are told to one address so often, and not without end", async () => {
    const ask = async () => (await fetch(`${two.url}/api/service-levels`)).status;
    const statuses = await Promise.all(Array.from({ length: 80 }, ask));

    assert.equal(statuses.filter((status) => status === 429).length, 20);
  });

  test("turn with a job that nothing is heard of, and back once a worker has it", async () => {
    const { id } = await aJob("queued", "now() - interval '20 minutes'");
    const missed = await soon(two, "oldest-job", false);
    await sql("update jobs set heard_at = now(), state = 'running' where id = $1", [id]);
    const met = await soon(two, "oldest-job", true);
    await sql("update jobs set state = 'done', finished_at = now() where id = $1", [id]);

    assert.ok((missed.value ?? 0) >= 1200 && missed.threshold === 600, JSON.stringify(missed));
    assert.ok(Date.parse(missed.since ?? "") <= Date.now());
    assert.equal(met.since, undefined);
  });

  test("turn with previews that fail, once there are enough to say", async () => {
    for (let index = 0; index < 3; index += 1) await aJob("failed");
    const few = await until("they are counted", async () => {
      const found = (await levels(one)).objectives.find(({ name }) => name === "failed-jobs");
      return (found?.count ?? 0) >= 4 && found;
    });
    await aJob("failed");
    const enough = await soon(one, "failed-jobs", false);

    assert.deepEqual([few.met, few.value], [true, 75]);
    assert.deepEqual([enough.count, enough.value, enough.unit], [5, 80, "percent"]);
  });

  test("turn with a dead letter, and back once its preview is asked for again", async () => {
    const { id, asset } = await aJob("failed");
    await platform.queue.xadd("previews:build:dead", "*", "job", JSON.stringify({ id }));
    await platform.queue.xadd("previews:build:dead", "*", "job", "no job of ours");
    const missed = await soon(two, "dead-letters", false);
    await aJob("running", "now()", asset);
    const met = await soon(two, "dead-letters", true);

    assert.deepEqual([missed.value, missed.threshold, missed.unit], [1, 0, "jobs"]);
    assert.equal(met.value, 0);
  });

  test("turn with a newest dump that is too old, and back with the next one", async () => {
    const three = await platform.start({ SERVICE_LEVEL_BACKUP_AGE_HOURS: "26" });
    const fresh = await soon(three, "backup-age", true);
    await sql(
      "insert into backups values ('one', 'dumps/one', now() - interval '27 hours', now(), 1, 'x')",
    );
    const old = await soon(three, "backup-age", false);
    await sql("insert into backups values ('two', 'dumps/two', now(), now(), 1, 'x')");
    const met = await soon(three, "backup-age", true);
    await three.stop();

    assert.ok((fresh.value ?? 26) < 26, "a platform that has made none yet");
    assert.deepEqual([Math.floor(old.value ?? 0), old.threshold, old.unit], [27, 26, "hours"]);
    assert.equal(met.value, 0);
  });

  test("of the edge are those of all its instances, whichever instance of the API they told", async () => {
    const slow = [[stepOf(3000), 30]];
    const part = { at: now(), requests: 30, failures: 1, times: slow };
    await report(one, "edge", { buckets: [part] });
    const answer = await report(two, "edge", { buckets: [part] });
    const found = serviceLevelsSchema.parse(await answer.json());
    const again = serviceLevelsSchema.parse(
      await (await report(one, "edge", { buckets: [] })).json(),
    );

    assert.deepEqual(
      found.objectives.map(({ name, count, met }) => [name, count, met]),
      [
        ["error-rate", 60, false],
        ["first-byte", 60, false],
      ],
    );
    assert.equal(found.objectives[0]?.value, 3.33);
    assert.deepEqual(again.objectives[1]?.since, found.objectives[1]?.since);
  });

  test("of the frontend are the same at each of its instances, and its own while the API is away", async (t) => {
    const three = await platform.start({ INTERNAL_PORT: "0" });
    const countsBase = internalBase(three).replace("/service-levels", "");
    const pages = [await aFrontend(t, { countsBase }), await aFrontend(t, { countsBase })];
    const ask = async (page: (typeof pages)[number]) => {
      asked += 1;
      const headers = { "x-forwarded-for": `203.0.113.${asked % 250}` };
      const response = await page.inject({ url: "/service-levels", headers });
      assert.equal(response.statusCode, 200);
      return serviceLevelsSchema.parse(response.json());
    };
    // One after the other: each also tells its counts by itself, every five seconds.
    const told: ServiceLevels[] = [];
    for (const page of pages) {
      for (let index = 0; index < 3; index += 1) await page.inject("/static/none.js");
      told.push(await ask(page));
    }
    await three.kill();
    const alone = await until("it counts alone", async () => {
      const found = await ask(pages[0]!);
      return found.instances === "this one" && found;
    });

    assert.deepEqual(
      told.map((levels) => [levels.instances, objective(levels, "error-rate").count]),
      [
        ["all", 3],
        ["all", 6],
      ],
    );
    assert.deepEqual([alone.status, objective(alone, "error-rate").count], ["met", 3]);
  });

  test("are told to nobody outside at the internal port, and believe nobody there what cannot be", async () => {
    const outside = await fetch(`${one.url}/service-levels/edge`, { method: "POST" });
    const statuses = await Promise.all(
      [
        report(one, "api", { buckets: [] }),
        report(one, "edge", { buckets: [{ at: now(), requests: -1, failures: 0, times: [] }] }),
        report(one, "edge", {}),
      ].map(async (answer) => (await answer).status),
    );
    const old = { at: now() - 36_000, requests: 5, failures: 5, times: [] };
    const countOf = async (buckets: readonly unknown[]) => {
      const answer = await report(one, "frontend", { buckets });
      return objective(serviceLevelsSchema.parse(await answer.json()), "error-rate").count;
    };
    const before = await countOf([]);

    assert.equal(outside.status, 404);
    assert.deepEqual(statuses, [400, 400, 400]);
    assert.equal(await countOf([old]), before);
  });

  test("keep what an instance counted last when it ends", async () => {
    const three = await platform.start({ SERVICE_LEVEL_LEAST_REQUESTS: "20" });
    const { count = 0 } = objective(await levels(one), "error-rate");
    for (let index = 0; index < 7; index += 1) await fetch(`${three.url}/api/assets`);
    assert.equal(await three.stop(), 0);

    await until("they are in the count", async () => {
      const found = objective(await levels(one), "error-rate");
      return (found.count ?? 0) >= count + 7;
    });
  });

  test("are missed while Valkey is away: nobody knows how the other instances do", async () => {
    await platform.valkey.server.close();
    const missed = await soon(one, "counting", false);
    const found = await levels(one);
    const edge = await report(one, "edge", { buckets: [] });

    assert.deepEqual([missed.value, missed.threshold, missed.unit], [0, 1, "reachable"]);
    assert.deepEqual([found.code, found.instances], [503, "this one"]);
    assert.equal(objective(found, "database").met, true);
    assert.equal(edge.status, 503);
  });

  test("are missed while PostgreSQL is away, and answered all the same", async () => {
    await platform.database.server.close();
    const missed = await soon(two, "database", false);

    assert.equal(missed.value, 0);
    assert.equal(await one.stop(), 0);
  });
});
