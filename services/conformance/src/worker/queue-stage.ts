import { randomBytes, randomUUID } from "node:crypto";

import { listPreviews } from "../tools/objects.ts";
import { wordsOf } from "../tools/wait.ts";
import type { World } from "../world.ts";
import { makeFilm } from "./film.ts";
import {
  type Job,
  type Letter,
  add,
  gone,
  lettersSince,
  newJob,
  newestLetter,
  stateOf,
  takeOff,
} from "./jobs.ts";

/** What became of entries that ask something of a worker beside making previews. */
export interface Seen {
  /** Whether the job of another version is still there. */
  readonly isStrangerThere: boolean;
  readonly locked: { readonly reports: readonly string[]; readonly isThere: boolean };
  readonly malformed: {
    readonly left: string | false;
    readonly letters: readonly Letter[];
    readonly token: string;
  };
  readonly givenUp: Ended & { readonly letters: readonly Letter[] };
  readonly text: Ended & { readonly tries: number };
  readonly over: Ended;
}

/** A job that came to its end without a preview. */
interface Ended {
  readonly job: Job;
  readonly failure: string | false;
  readonly left: string | false;
  /** Names of objects below its prefix. */
  readonly objects: readonly string[];
}

/** A consumer that was there once. */
const dead = "a-worker-that-died";

/** Adds an entry that a worker took and died over, after many deliveries that were no attempts. */
async function addOfTheDead(world: World, job: object): Promise<string> {
  const valkey = await world.valkey;
  const [stream, group] = [
    world.variable("PREVIEW_STREAM"),
    world.variable("PREVIEW_CONSUMER_GROUP"),
  ];
  // In one transaction, so that no worker that waits for entries is faster.
  const answers = await valkey
    .multi()
    .xadd(stream, "*", "job", JSON.stringify(job))
    .xreadgroup("GROUP", group, dead, "COUNT", 1000, "STREAMS", stream, ">")
    .exec();
  const entry = answers?.[0]?.[1];
  if (typeof entry !== "string") throw new Error("Valkey took no entry");
  world.atEnd(() => takeOff(world, entry));
  const idle = String(24 * 3600_000);
  await valkey.xclaim(stream, group, dead, 0, entry, "IDLE", idle, "RETRYCOUNT", "40", "JUSTID");
  return entry;
}

async function endOf(world: World, job: Job, entry: string, event: string): Promise<Ended> {
  const failure = await (await world.reports).taken(job.report, event, world.patience).then(
    () => false as const,
    (error: unknown) => wordsOf(error),
  );
  const left = failure === false && (await gone(world, entry));
  const objects = await listPreviews(world, job.preview.prefix);
  return { job, failure, left, objects: objects.map(({ name }) => name) };
}

/** A job that was attempted as often as it may be. */
async function runGivenUp(world: World) {
  const valkey = await world.valkey;
  const newest = await newestLetter(world);
  const job = await newJob(world, "given-up", "no film");
  await valkey.set(`previews:attempts:${job.id}`, world.variable("FFMPEG_RETRIES"), "PX", 600_000);
  const ended = await endOf(world, job, await add(world, job), "failed");
  return { ...ended, letters: await lettersSince(world, newest) };
}

/** A job that the API says is over at its first report. */
async function runOver(world: World): Promise<Ended> {
  const { bytes } = await makeFilm(world);
  const job = await newJob(world, "over", bytes, () => 409);
  const entry = await add(world, job);
  const left = await gone(world, entry);
  const objects = await listPreviews(world, job.preview.prefix);
  return { job, failure: false, left, objects: objects.map(({ name }) => name) };
}

/** A file that is no film; the first answer to its last report is that the API is away. */
async function runText(world: World) {
  let tries = 0;
  const job = await newJob(world, "text", "This is no film.\n".repeat(100), ({ body }) => {
    if (body.event !== "refused") return 204;
    tries += 1;
    return tries === 1 ? 503 : 204;
  });
  const entry = await addOfTheDead(world, job);
  return { ...(await endOf(world, job, entry, "refused")), tries };
}

/**
 * Adds, in this order: a job of another version, a job whose lock somebody holds, an entry that is no job, a file that is
 * no film, and a job that is over. When the later ones are through, the earlier ones have been met.
 */
export function askTheQueue(world: World): Promise<Seen> {
  return world.once("queue", async () => {
    const stranger = await add(world, { version: 2, id: randomUUID(), what: "nobody knows" });
    const held = await addHeld(world);
    const malformed = await runMalformed(world);
    const givenUp = await runGivenUp(world);
    const text = await runText(world);
    const over = await runOver(world);
    const seen = {
      isStrangerThere: (await stateOf(world, stranger)).isThere,
      locked: {
        reports: (await world.reports).on(held.job.report).map(({ body }) => body.event),
        isThere: (await stateOf(world, held.entry)).isThere,
      },
      malformed,
      givenUp,
      text,
      over,
    };
    for (const entry of [stranger, held.entry]) await takeOff(world, entry);
    return seen;
  });
}

/** A job whose lock somebody else holds. */
async function addHeld(world: World) {
  const valkey = await world.valkey;
  const job = await newJob(world, "held", "no film");
  await valkey.set(`previews:lock:${job.id}`, "somebody else", "PX", 600_000);
  world.atEnd(() => valkey.del(`previews:lock:${job.id}`));
  return { job, entry: await add(world, job) };
}

/** An entry that is no job, but has a token. */
async function runMalformed(world: World) {
  const newest = await newestLetter(world);
  const token = randomBytes(32).toString("base64url");
  const left = await gone(world, await add(world, { version: 1, id: randomUUID(), token }));
  return { left, letters: await lettersSince(world, newest), token };
}
