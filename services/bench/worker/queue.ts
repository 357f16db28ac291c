import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import { GetObjectCommand, ListObjectsV2Command, NoSuchKey } from "@aws-sdk/client-s3";
import { Redis as Valkey } from "iovalkey";

import { type TestValkey, startTestValkey } from "../../../packages/engines/src/index.ts";
import { type ReportServer, startReportServer } from "../../__tests__/worker/support/api.ts";
import { type WorkerStorage, startStorage } from "../../__tests__/worker/support/storage.ts";
import { previewJob, stream } from "../../local/worker.ts";
import type { Bench } from "../bench.ts";
import type { Segments } from "./bare.ts";

/** What is around a worker. */
export interface Surroundings {
  readonly storage: WorkerStorage;
  readonly api: ReportServer;
  readonly queue: TestValkey;
  readonly valkey: Valkey;
}

/** Starts storage, Valkey, and a server that takes reports as an API does. */
export async function surroundings(bench: Bench): Promise<Surroundings> {
  const storage = await startStorage();
  bench.defer(() => storage.close());
  const api = await startReportServer();
  bench.defer(() => api.close());
  const queue = await startTestValkey(bench.engines);
  bench.defer(() => queue.close());
  const valkey = new Valkey(queue.REDIS_URL, { tls: { ca: queue.authority } });
  bench.defer(() => valkey.quit());
  return { storage, api, queue, valkey };
}

/** A preview that a worker made. */
export interface MadePreview {
  /** From the entry of the job to the last report. */
  readonly milliseconds: number;
  /** From the entry of the job until its first segment could be fetched as a player does. */
  readonly playableAfter: number;
  readonly segments: Segments;
}

/** Milliseconds between two looks at storage. */
const lookEvery = 50;

/** Adds a job, and waits until its preview is whole. @throws when the worker does not make it */
export async function havePreviewMade(
  { storage, api, valkey }: Surroundings,
  key: string,
): Promise<MadePreview> {
  const [id, asset] = [randomUUID(), randomUUID()];
  const job = previewJob(storage.platform, { id, asset, key });
  const began = performance.now();
  await valkey.xadd(stream.name, "*", "job", JSON.stringify(job));
  const last = Promise.race(["ready", "refused", "failed"].map((event) => api.waitFor(id, event)));
  await firstSegment(storage, asset, last);
  const playableAfter = performance.now() - began;
  const { event, at, body } = await last;
  if (event !== "ready") throw new Error(`the worker says ${JSON.stringify(body)}`);
  return { milliseconds: at - began, playableAfter, segments: await segmentsOf(storage, asset) };
}

/** Fetches the playlists and the first segment, as soon as they are there. */
async function firstSegment(
  storage: WorkerStorage,
  asset: string,
  last: Promise<unknown>,
): Promise<void> {
  const over = new AbortController();
  void last.finally(() => {
    over.abort();
  });
  while (!over.signal.aborted) {
    const list = await find(storage, `${asset}/hls/master.m3u8`);
    const variant = list && (await find(storage, `${asset}/hls/${lastLine(list)}`));
    const segment = variant && /^[^#].*\.ts$/m.exec(variant.toString())?.[0];
    if (segment !== undefined) {
      await storage.read(`${asset}/hls/720p/${segment}`);
      return;
    }
    await delay(lookEvery);
  }
}

const lastLine = (text: Buffer) => text.toString().trim().split("\n").at(-1) ?? "";

/** An object; undefined while there is none. */
async function find(
  { buckets, platform }: WorkerStorage,
  Key: string,
): Promise<Buffer | undefined> {
  try {
    const { Body } = await platform.root.send(
      new GetObjectCommand({ Bucket: buckets.previews, Key }),
    );
    return Body && Buffer.from(await Body.transformToByteArray());
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function segmentsOf({ buckets, platform }: WorkerStorage, asset: string): Promise<Segments> {
  const { Contents = [] } = await platform.root.send(
    new ListObjectsV2Command({ Bucket: buckets.previews, Prefix: `${asset}/hls/720p/` }),
  );
  const sizes = Contents.filter(({ Key = "" }) => Key.endsWith(".ts")).map(({ Size = 0 }) => Size);
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
