import { randomBytes, randomUUID } from "node:crypto";

import type { Answering } from "../tools/report-server.ts";
import { put } from "../tools/objects.ts";
import { waitFor, wordsOf } from "../tools/wait.ts";
import type { World } from "../world.ts";

/** A job as docs/jobs.md describes it. */
export interface Job {
  readonly id: string;
  readonly version: number;
  readonly asset: string;
  readonly report: string;
  readonly token: string;
  readonly preview: { readonly bucket: string; readonly prefix: string };
}

/** Makes a job of the suite's own; its master is put there. */
export async function newJob(
  world: World,
  name: string,
  master: Uint8Array | string,
  answering?: Answering,
): Promise<Job> {
  const asset = `${world.run}-${name}`;
  const key = `${asset}/master.bin`;
  await put(world, "MASTERS_BUCKET", key, master);
  const id = randomUUID();
  const report = `/api/internal/previews/${id}`;
  (await world.reports).expect(report, answering);
  const job = {
    version: 1,
    id,
    asset,
    master: { bucket: world.variable("MASTERS_BUCKET"), key },
    preview: { bucket: world.variable("PREVIEWS_BUCKET"), prefix: `${asset}/` },
    report,
    token: randomBytes(32).toString("base64url"),
    enqueuedAt: new Date().toISOString(),
  };
  return job;
}

/** The stream that the worker is told, and its group. */
const streamOf = (world: World) => world.variable("PREVIEW_STREAM");
const groupOf = (world: World) => world.variable("PREVIEW_CONSUMER_GROUP");

/** Adds an entry to a stream, by default the one that the worker is told. @returns its id. */
export async function add(world: World, job: object, stream = streamOf(world)): Promise<string> {
  const valkey = await world.valkey;
  const entry = await valkey.xadd(stream, "*", "job", JSON.stringify(job));
  if (entry === null) throw new Error("Valkey took no entry");
  world.atEnd(() => takeOff(world, entry, stream));
  return entry;
}

/** Takes an entry off the stream, whoever has it. */
export async function takeOff(
  world: World,
  entry: string,
  stream = streamOf(world),
): Promise<void> {
  const valkey = await world.valkey;
  const group = groupOf(world);
  await valkey.xack(stream, group, entry);
  await valkey.xdel(stream, entry);
}

/** Whether an entry is on the stream, and whether the group still waits for its acknowledgement. */
export async function stateOf(world: World, entry: string, stream = streamOf(world)) {
  const valkey = await world.valkey;
  const [entries, pending] = await Promise.all([
    valkey.xrange(stream, entry, entry),
    pendingOf(world, entry, stream),
  ]);
  return { isThere: entries.length > 0, pending };
}

/** What the group knows of an entry that is not acknowledged; undefined when it is, or when there is no group. */
async function pendingOf(world: World, entry: string, stream: string) {
  const valkey = await world.valkey;
  try {
    const found = await valkey.xpending(stream, groupOf(world), entry, entry, 1);
    const [pending] = found as [
      entry: string,
      consumer: string,
      idle: number,
      deliveries: number,
    ][];
    return pending;
  } catch (error) {
    if (String(error).includes("NOGROUP")) return undefined;
    throw error;
  }
}

/** Seconds after the acknowledgement within which an entry is deleted. */
const deletedWithin = 30;

/** Waits until an entry was acknowledged and deleted. @returns what contradicts that. */
export async function gone(
  world: World,
  entry: string,
  stream = streamOf(world),
): Promise<string | false> {
  const isPast = async () => !(await stateOf(world, entry, stream)).isThere;
  const isAcknowledged = async () => {
    const { isThere, pending } = await stateOf(world, entry, stream);
    return pending === undefined && (!isThere || (await wasDelivered(world, entry, stream)));
  };
  try {
    await waitFor("the entry is acknowledged", world.patience, isAcknowledged);
    await waitFor("the acknowledged entry is deleted", deletedWithin, isPast);
    return false;
  } catch (error) {
    return wordsOf(error);
  }
}

/** Whether the group was given an entry at any time. */
async function wasDelivered(world: World, entry: string, stream: string): Promise<boolean> {
  const valkey = await world.valkey;
  const groups = (await valkey.xinfo("GROUPS", stream)) as unknown[][];
  const last = groups
    .map(
      (fields) =>
        new Map(fields.flatMap((name, at) => (at % 2 === 0 ? [[name, fields[at + 1]]] : []))),
    )
    .find((fields) => fields.get("name") === groupOf(world))
    ?.get("last-delivered-id");
  return typeof last === "string" && isUpTo(entry, last);
}

/** Whether one id of a stream is not after another: milliseconds, then a number. */
function isUpTo(one: string, other: string): boolean {
  const [[time = 0, count = 0], [lastTime = 0, lastCount = 0]] = [one, other].map((id) =>
    id.split("-").map(Number),
  ) as [number[], number[]];
  return time < lastTime || (time === lastTime && count <= lastCount);
}

/** A dead letter. */
export type Letter = Readonly<Record<string, string>>;

/** The newest dead letter, to be told from those that come later; `-` where there is none. */
export async function newestLetter(world: World): Promise<string> {
  const valkey = await world.valkey;
  const [newest] = await valkey.xrevrange(deadStream(world), "+", "-", "COUNT", 1);
  return newest ? `(${newest[0]}` : "-";
}

/** Dead letters that came since; they are deleted at the end. */
export async function lettersSince(world: World, newest: string): Promise<readonly Letter[]> {
  const valkey = await world.valkey;
  const entries = await valkey.xrange(deadStream(world), newest, "+");
  for (const [entry] of entries) world.atEnd(() => valkey.xdel(deadStream(world), entry));
  return entries.map(([, fields]) => {
    const pairs = fields.flatMap((name, at) =>
      at % 2 === 0 ? [[name, fields[at + 1] ?? ""]] : [],
    );
    return Object.fromEntries(pairs) as Letter;
  });
}

const deadStream = (world: World) => `${world.variable("PREVIEW_STREAM")}:dead`;
