import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { workerVariables } from "../../local/worker.ts";
import { type Bench, type Benchmark, engineOf, inPairs } from "../bench.ts";
import { median, medianRatio } from "../measures.ts";
import { cpuSecondsOf, freePort, startProgram } from "../processes.ts";
import { describe, encodeBare } from "./bare.ts";
import { filmSeconds, makeFilm } from "./film.ts";
import { type Surroundings, havePreviewMade, surroundings } from "./queue.ts";

/** What has to hold: the time of a preview beside ffmpeg alone, and the part of it until the first segment plays. */
const limits = { ratio: 1.1, playable: 0.25 };

/** The contract's default. */
const segmentSeconds = 4;

async function startWorker(bench: Bench, { storage, api, queue }: Surroundings) {
  const port = await freePort();
  const main = join(bench.built, "worker/dist/main.js");
  return startProgram(bench, [process.execPath, main], port, {
    HOME: process.env.HOME ?? "",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...workerVariables(storage.platform, api.address),
    MAM_ENVIRONMENT: "bench",
    RELEASE_DIGEST: "sha256:bench",
    WORKER_HEALTH_PORT: String(port),
    REDIS_URL: queue.REDIS_URL,
    NODE_EXTRA_CA_CERTS: queue.authorityFile,
    HLS_SEGMENT_SEC: String(segmentSeconds),
    FFMPEG_RETRIES: "1",
    FFMPEG_PATH: engineOf(bench, "ffmpeg").program,
  });
}

/**
 * Compares a worker, which takes a job from Valkey, streams the master from storage, publishes the preview there and
 * reports, with ffmpeg alone, which makes the same from a file to files. The master and the previews are in the embedded
 * cloud's Wasabi, whose work on the same CPUs counts against the worker.
 */
export const benchmarkWorker: Benchmark = async (bench) => {
  const master = await makeFilm(bench);
  const around = await surroundings(bench);
  await around.storage.putMaster("film/master.mp4", await readFile(master));
  const film = await describe(bench, master);
  const { pid } = await startWorker(bench, around);
  const pairs = await inPairs(
    bench.pairs ?? 3,
    async (pair) => {
      bench.progress(`pair ${pair + 1}: the worker makes a preview`);
      const before = [cpuSecondsOf([pid]), storageSeconds()] as const;
      const made = await havePreviewMade(around, "film/master.mp4");
      const cpu = {
        worker: cpuSecondsOf([pid]) - before[0],
        storage: storageSeconds() - before[1],
      };
      return { ...made, cpu };
    },
    async (pair) => {
      bench.progress(`pair ${pair + 1}: ffmpeg alone makes it`);
      const before = cpuSecondsOf([process.pid]);
      const made = await encodeBare(bench, film, master, segmentSeconds);
      return { ...made, cpu: cpuSecondsOf([process.pid]) - before };
    },
  );
  for (const { ours, theirs } of pairs) refuseUnlike(ours.segments, theirs.segments);
  return outcomeOf(pairs);
};

/** Seconds of a CPU that this process has had, in which storage runs. */
function storageSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** @throws when the two made different segments: then their times do not compare. */
function refuseUnlike(ours: object, theirs: object): void {
  const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (one !== other) throw new Error(`the worker made segments ${one}, ffmpeg alone ${other}`);
}

type Made = Awaited<ReturnType<typeof havePreviewMade>> & {
  readonly cpu: { readonly worker: number; readonly storage: number };
};
type MadeBare = Awaited<ReturnType<typeof encodeBare>> & { readonly cpu: number };

function outcomeOf(pairs: readonly { readonly ours: Made; readonly theirs: MadeBare }[]) {
  const middle = (of: (pair: (typeof pairs)[number]) => number) => median(pairs.map(of));
  const times = pairs.map(({ ours, theirs }) => ({
    ours: ours.milliseconds,
    theirs: theirs.milliseconds,
  }));
  const seconds = (of: (pair: (typeof pairs)[number]) => number) =>
    `${(middle(of) / 1000).toFixed(1)} s`;
  return {
    measures: [
      {
        name: "a preview, worker to ffmpeg alone",
        value: medianRatio(times),
        bound: "at most" as const,
        limit: limits.ratio,
      },
      {
        name: "first segment, of the whole time",
        value: middle(({ ours }) => ours.playableAfter / ours.milliseconds),
        bound: "at most" as const,
        limit: limits.playable,
      },
    ],
    details: [
      `a film of ${filmSeconds} s: worker ${seconds(({ ours }) => ours.milliseconds)}, first segment after ` +
        `${seconds(({ ours }) => ours.playableAfter)}, ffmpeg alone ${seconds(({ theirs }) => theirs.milliseconds)}; ` +
        `medians of ${pairs.length} pairs`,
      `CPU: worker with its ffmpegs ${middle(({ ours }) => ours.cpu.worker).toFixed(1)} s, ffmpeg alone ` +
        `${middle(({ theirs }) => theirs.cpu).toFixed(1)} s, storage and looking at it ` +
        `${middle(({ ours }) => ours.cpu.storage).toFixed(1)} s`,
    ],
    raw: pairs,
  };
}
