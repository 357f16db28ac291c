import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import { Redis as Valkey } from "iovalkey";

import { startTestValkey } from "../../../../packages/engines/src/index.ts";
import { engines } from "../../../local/engines.ts";
import { eventually } from "../../support/eventually.ts";
import { builtServices } from "../../../local/programs.ts";
import { previewJob, stream, workerVariables } from "../../../local/worker.ts";
import { type ReportServer, startReportServer } from "./api.ts";
import { ffmpeg } from "./engines.ts";
import { type Gate, openGate } from "./gate.ts";
import { type WorkerStorage, startStorage } from "./storage.ts";

const main = join(builtServices, "worker/dist/main.js");

/** A worker that runs as a process of its own. */
export interface WorkerProcess {
  readonly process: ChildProcess;
  readonly healthPort: number;
  /** Its log, line by line. */
  readonly lines: readonly string[];
  /** Sends a signal and waits until it is gone; the exit code, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Everything around a worker. */
export interface Platform {
  readonly storage: WorkerStorage;
  readonly api: ReportServer;
  /** A client of the test's own, which no gate is in the way of. */
  readonly valkey: Valkey;
  /** Workers' way to Valkey. */
  readonly wayToValkey: Gate;
  /** Adds a job for a master; its id. */
  enqueue(master: string, changes?: Readonly<Record<string, unknown>>): Promise<string>;
  startWorker(environment?: Readonly<Record<string, string>>): Promise<WorkerProcess>;
  /** Ends all workers as if the machine had lost its power. */
  endWorkers(): Promise<void>;
  close(): Promise<void>;
}

/** Starts real storage, a real Valkey and a server for reports; workers are started by the test. */
export async function startPlatform(): Promise<Platform> {
  const [storage, api, server] = await Promise.all([
    startStorage(),
    startReportServer(),
    startTestValkey(engines),
  ]);
  const valkey = new Valkey(server.REDIS_URL, { tls: { ca: server.authority } });
  const address = new URL(server.REDIS_URL);
  const wayToValkey = await openGate(Number(address.port));
  address.port = String(wayToValkey.port);
  const workers: WorkerProcess[] = [];
  const endWorkers = async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.end("SIGKILL")));
  };
  return {
    storage,
    api,
    valkey,
    wayToValkey,
    enqueue: async (key, changes = {}) => {
      const job = jobFor(storage, key, changes);
      await valkey.xadd(stream.name, "*", "job", JSON.stringify(job));
      return job.id;
    },
    startWorker: async (changes = {}) => {
      const worker = await startProcess({
        ...environmentOf(storage, api),
        REDIS_URL: address.href,
        NODE_EXTRA_CA_CERTS: server.authorityFile,
        WORKER_HEALTH_PORT: "0",
        ...changes,
      });
      workers.push(worker);
      return worker;
    },
    endWorkers,
    close: async () => {
      await endWorkers();
      valkey.disconnect();
      await wayToValkey.close();
      await Promise.all([storage.close(), api.close(), server.close()]);
    },
  };
}

function jobFor(
  { platform }: WorkerStorage,
  key: string,
  changes: Readonly<Record<string, unknown>>,
) {
  const asset = key.split("/")[0] ?? key;
  const id = typeof changes.id === "string" ? changes.id : randomUUID();
  return { ...previewJob(platform, { id, asset, key }), ...changes };
}

const environmentOf = ({ platform }: WorkerStorage, { address }: ReportServer) => ({
  PATH: process.env.PATH ?? "",
  HOME: process.env.HOME ?? "",
  ...workerVariables(platform, address),
  RELEASE_DIGEST: "sha256:0123",
  FFMPEG_PATH: ffmpeg,
});

async function startProcess(env: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [main], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines = linesOf(child.stdout);
  const complaints = linesOf(child.stderr);
  const closed = once(child, "close") as Promise<[number | null]>;
  const isUp = () => lines.some((line) => line.includes('"worker takes jobs"'));
  await eventually(() => isUp() || child.exitCode !== null);
  if (!isUp()) throw new Error(`the worker ended with ${child.exitCode}: ${complaints.join("\n")}`);
  const { healthPort } = JSON.parse(lines.find((line) => line.includes("healthPort"))!) as {
    healthPort: number;
  };
  return {
    process: child,
    healthPort,
    lines,
    end: async (signal) => {
      child.kill(signal);
      return (await closed)[0];
    },
  };
}

function linesOf(output: Readable): string[] {
  const lines: string[] = [];
  createInterface({ input: output }).on("line", (line) => lines.push(line));
  return lines;
}
