import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type Bench, type Benchmark, engineOf, inPairs } from "../bench.ts";
import { type Pair, median, medianRatio } from "../measures.ts";
import { askProgram, cpuSecondsOf, familyOf, memoryOf } from "../processes.ts";
import { type Edge, bucket, linkTo, startEdge } from "./edge.ts";
import { type Nginx, startFiles, startProxy } from "./nginx.ts";
import type { Viewed, Viewing } from "./viewers.ts";

/** What has to hold: at least so much of nginx's bytes, and less growth of the memory than this, in MiB. */
const limits = { ratio: 0.9, growth: 64 };

const viewers = 200;

/** Viewers who have the edge's code compiled and its heap grown to what it works with. */
const firstViewers = 10;

/** Seconds that are measured, after one that is not. */
const seconds = 3;

/** What viewers watch: names of objects, and the bytes of each. A segment of four seconds has 2 MiB at most. */
const programmes = {
  films: { count: 8, bytes: 64 * 1024 ** 2, name: (index: number) => `asset-1/${index}.mp4` },
  segments: { count: 64, bytes: 2 * 1024 ** 2, name: (index: number) => `asset-1/hls/${index}.ts` },
} as const;
type Programme = keyof typeof programmes;

interface Measured {
  readonly megabytesPerSecond: number;
  readonly cpuSecondsPerGigabyte: number;
}

async function makeObjects(root: string): Promise<void> {
  for (const { count, bytes, name } of Object.values(programmes)) {
    const body = randomBytes(bytes);
    for (let index = 0; index < count; index += 1) {
      const path = join(root, bucket, name(index));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, body);
    }
  }
}

const namesOf = ({ count, name }: (typeof programmes)[Programme]) =>
  Array.from({ length: count }, (_, index) => name(index));

const addressOf = (name: string) => `/${bucket}/${name}`;

/** Has viewers watch something. @throws when one was not answered */
async function view(
  bench: Bench,
  watched: Pick<Viewing, "port" | "paths"> & Partial<Viewing>,
): Promise<Viewed> {
  const viewing: Viewing = { viewers, seconds, warmUpSeconds: 1, ...watched };
  const program = new URL("viewers.ts", import.meta.url);
  const viewed = await askProgram<Viewed>(bench, program, JSON.stringify(viewing));
  if (viewed.failures > 0)
    throw new Error(`${viewed.failures} answers failed at port ${viewing.port}`);
  return viewed;
}

async function measure(
  bench: Bench,
  { port, pid }: Edge | Nginx,
  paths: readonly string[],
): Promise<Measured> {
  const family = familyOf(pid);
  const before = cpuSecondsOf(family);
  const { megabytesPerSecond } = await view(bench, { port, paths });
  const gigabytes = (megabytesPerSecond * (seconds + 1)) / 1000;
  return {
    megabytesPerSecond,
    cpuSecondsPerGigabyte: (cpuSecondsOf(family) - before) / gigabytes,
  };
}

interface Compared {
  readonly ours: Measured;
  readonly theirs: Measured;
}

function compare(
  bench: Bench,
  { edge, proxy }: { readonly edge: Edge; readonly proxy: Nginx },
  programme: Programme,
): Promise<Compared[]> {
  const names = namesOf(programmes[programme]);
  bench.progress(`${viewers} viewers of ${programme}`);
  return inPairs(
    bench.pairs ?? 5,
    () => measure(bench, edge, names.map(linkTo)),
    () => measure(bench, proxy, names.map(addressOf)),
  );
}

/**
 * Compares the edge with nginx as a proxy of the same storage, which is an nginx that sends files: the embedded cloud would
 * be slower than either. Edge and proxy have one process each, as an instance has one CPU, and viewers are a process of
 * their own. Films are never kept; segments are, by the edge on its disk, while the proxy keeps nothing.
 *
 * Memory is the most that the edge had with 200 viewers of films, beside what it had after ten of them.
 */
export const benchmarkEdge: Benchmark = async (bench) => {
  const { directory } = bench;
  const nginx = engineOf(bench, "nginx").program;
  await makeObjects(join(directory, "objects"));
  const objects = join(directory, "objects");
  const storage = await startFiles(bench, nginx, join(directory, "storage"), objects);
  const proxy = await startProxy(bench, nginx, join(directory, "proxy"), storage.port);
  const edge = await startEdge(bench, storage.port);
  const films = namesOf(programmes.films);
  const alone = await view(bench, { port: storage.port, paths: films.map(addressOf) });
  await view(bench, { port: edge.port, paths: films.map(linkTo), viewers: firstViewers });
  const before = memoryOf(edge.pid).now;
  const both = { edge, proxy };
  const ofFilms = await compare(bench, both, "films");
  const growth = memoryOf(edge.pid).most - before;
  const ofSegments = await compare(bench, both, "segments");
  return {
    measures: [
      ratioMeasure("films, edge to nginx", ofFilms),
      ratioMeasure("segments, edge to nginx", ofSegments),
      {
        name: `memory with ${viewers} viewers`,
        value: growth,
        bound: "less than",
        limit: limits.growth,
        unit: " MiB more",
      },
    ],
    details: [
      lineOf("films", ofFilms),
      lineOf("segments", ofSegments),
      `storage by itself ${alone.megabytesPerSecond.toFixed(0)} MB/s; the edge had ${before.toFixed(0)} MiB with ${firstViewers} viewers`,
    ],
    raw: { storage: alone, films: ofFilms, segments: ofSegments, memory: { before, growth } },
  };
};

const rates = (pairs: readonly Compared[]): Pair[] =>
  pairs.map(({ ours, theirs }) => ({
    ours: ours.megabytesPerSecond,
    theirs: theirs.megabytesPerSecond,
  }));

const ratioMeasure = (name: string, pairs: readonly Compared[]) => ({
  name,
  value: medianRatio(rates(pairs)),
  bound: "at least" as const,
  limit: limits.ratio,
});

function lineOf(name: string, pairs: readonly Compared[]): string {
  const middle = (of: (pair: Compared) => number) => median(pairs.map(of));
  const side = (which: "ours" | "theirs") =>
    `${middle((pair) => pair[which].megabytesPerSecond).toFixed(0)} MB/s ` +
    `(CPU ${middle((pair) => pair[which].cpuSecondsPerGigabyte).toFixed(2)} s/GB)`;
  return `${name}: edge ${side("ours")}, nginx ${side("theirs")}; medians of ${pairs.length} pairs of ${seconds} s`;
}
