import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Bench, Benchmark } from "../bench.ts";
import { medianRatio, median } from "../measures.ts";
import { freePort, startProgram } from "../processes.ts";
import {
  type Compared,
  type Kind,
  arrivals,
  compare,
  listing,
  selecting,
  sessions,
  signing,
} from "./load.ts";
import { assetCount, partBytes, signInPeople } from "./people.ts";
import { type Surroundings, surroundings } from "./surroundings.ts";
import { type Memory, memoryOfUpload } from "./upload.ts";
import type { ValkeyAccess } from "./valkey.ts";

/**
 * What has to hold: p95 beside that of `select 1`, and MiB by which the memory may be larger afterwards than before, and
 * at its peak. A heap is never back at the byte; were a thousandth part of each byte kept, these would not hold.
 */
const limits = { ratio: 2, after: 16, peak: 64 };

/** Limits of requests as production has them (docs/capacity.md). */
const requestLimits = {
  RATE_LIMIT_MAX: "1000",
  RATE_LIMIT_WINDOW: "60000",
  RL_PRESIGN_MAX: "120",
  RL_PRESIGN_WINDOW: "60000",
};

async function startApi(bench: Bench, { variables }: Surroundings) {
  const port = await freePort();
  const main = join(bench.built, "api/dist/main.js");
  const { pid } = await startProgram(bench, [process.execPath, main], port, {
    ...variables,
    ...requestLimits,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    UPLOAD_PART_BYTES: String(partBytes),
    PORT: String(port),
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/api/health`)).ok) bench.signal.throwIfAborted();
  return { pid, port, url };
}

async function startSelectOne(bench: Bench, { variables }: Surroundings): Promise<Kind> {
  const port = await freePort();
  const main = fileURLToPath(new URL("select-one.ts", import.meta.url));
  const { POSTGRES_URL = "", POSTGRES_CA_CERT = "" } = variables;
  const { pid } = await startProgram(bench, [process.execPath, "--import", "tsx", main], port, {
    NODE_ENV: "production",
    POSTGRES_URL,
    POSTGRES_CA_CERT,
    PORT: String(port),
  });
  return { port, pid, requests: Array.from({ length: sessions }, selecting) };
}

/**
 * Compares the api, with real PostgreSQL behind PgBouncer and real Valkey, with a fastify that answers `select 1` through
 * the same pool. 1000 sessions of as many people, each with a connection and an address of their own, ask at a rate that
 * both answer well; then as fast as they are answered.
 */
export const benchmarkApi: Benchmark = async (bench) => {
  bench.progress("starting PostgreSQL, PgBouncer, Valkey, storage and the api");
  const around = await surroundings(bench);
  const api = await startApi(bench, around);
  const memory = await memoryOfUpload(bench, api.url, api.pid);
  const people = await signInPeople(around, sessions);
  const selectOne = await startSelectOne(bench, around);
  const ofApi = (request: typeof listing) => ({ ...api, requests: people.map(request) });
  const list = await compare(bench, "listing", ofApi(listing), selectOne);
  const sign = await compare(bench, "signing", ofApi(signing), selectOne);
  return outcomeOf(memory, { list, sign }, around.valkey);
};

function outcomeOf(
  memory: Memory,
  { list, sign }: { readonly list: Compared; readonly sign: Compared },
  { encryptedBy }: ValkeyAccess,
) {
  const { before, peak, after } = memory;
  return {
    measures: [
      mebibytes("memory after an upload of 1 GiB", after - before, limits.after),
      mebibytes("memory while it is uploaded", peak - before, limits.peak),
      ratioMeasure("listing, p95 to that of select 1", list),
      ratioMeasure("signing, p95 to that of select 1", sign),
    ],
    details: [
      `the api had ${before.toFixed(0)} MiB before the upload, ${after.toFixed(0)} MiB after it`,
      `${sessions} sessions, ${arrivals} requests a second, ${assetCount} assets, TLS by ${encryptedBy}; medians of ${list.p95.length} pairs`,
      lineOf("listing", list),
      lineOf("signing", sign),
    ],
    raw: { memory, list, sign },
  };
}

const mebibytes = (name: string, value: number, limit: number) => ({
  name,
  value,
  bound: "less than" as const,
  limit,
  unit: " MiB more",
});

const ratioMeasure = (name: string, { p95 }: Compared) => ({
  name,
  value: medianRatio(p95),
  bound: "at most" as const,
  limit: limits.ratio,
});

function lineOf(name: string, { p95, p50, cpu, most }: Compared): string {
  const of = (side: "ours" | "theirs") =>
    `p95 ${median(p95.map((pair) => pair[side])).toFixed(1)} ms, p50 ${p50[side].toFixed(1)} ms, ` +
    `CPU ${cpu[side].toFixed(2)} ms each, ${most[side].toFixed(0)} a second at most`;
  return `${name}: ${of("ours")}; select 1: ${of("theirs")}`;
}
