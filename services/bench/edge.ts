import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { findEngines, lacking } from "../../packages/engines/src/index.ts";
import { type Edge, bucket, linkTo, startEdge } from "./edge/edge.ts";
import { type Nginx, startFiles, startProxy } from "./edge/nginx.ts";
import type { Viewed, Viewing } from "./edge/viewers.ts";
import { cpuSecondsOf, familyOf, memoryOf } from "./processes.ts";

const help = `Compares the edge with nginx: bytes per second to 200 viewers, from the same storage.

  npm run bench:edge -- --rounds 5 --seconds 3 --json

Storage is an nginx that sends files. Edge and proxy have one process each, as an instance has one CPU, and the viewers
are a process of their own. A round measures both, one after the other, and the next round in the other order, so that
both meet the same machine. films: objects of 64 MiB, never kept. segments: objects of 2 MiB, which the edge keeps on the
disk and the proxy does not.

Memory is that of the edge with 200 viewers of films, beside what it has after 10 of them.

Exit code 0 when the edge sends at least 0.9 of nginx's bytes in both and its memory grows by less than 64 MiB, 1 when
not, 2 when nginx is missing.
`;

const limits = { ratio: 0.9, growthMebibytes: 64, viewers: 200, firstViewers: 10 };

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** What viewers watch: names of objects, and the bytes of each. */
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

/** Has viewers watch something. */
async function view(
  port: number,
  paths: readonly string[],
  viewers = limits.viewers,
): Promise<Viewed> {
  const viewing: Viewing = {
    port,
    paths,
    viewers,
    seconds: Number(options.seconds),
    warmUpSeconds: 1,
  };
  const program = fileURLToPath(new URL("edge/viewers.ts", import.meta.url));
  const args = ["--import", "tsx", program, JSON.stringify(viewing)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const viewed = JSON.parse(stdout) as Viewed;
  if (viewed.failures > 0) throw new Error(`${viewed.failures} answers failed at port ${port}`);
  return viewed;
}

async function measure({ port, pid }: Edge | Nginx, paths: readonly string[]): Promise<Measured> {
  const family = familyOf(pid);
  const before = cpuSecondsOf(family);
  const { megabytesPerSecond } = await view(port, paths);
  const gigabytes = (megabytesPerSecond * (Number(options.seconds) + 1)) / 1000;
  return {
    megabytesPerSecond,
    cpuSecondsPerGigabyte: (cpuSecondsOf(family) - before) / gigabytes,
  };
}

/** Measures both in turns, in the other order each time. */
async function compare(edge: Edge, nginx: Nginx, programme: Programme) {
  const names = namesOf(programmes[programme]);
  const links = names.map(linkTo);
  const addresses = names.map((name) => `/${bucket}/${name}`);
  const rounds: { edge: Measured; nginx: Measured }[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const first = round % 2 === 0 ? await measure(edge, links) : undefined;
    const other = await measure(nginx, addresses);
    rounds.push({ edge: first ?? (await measure(edge, links)), nginx: other });
  }
  const middle = (of: (round: (typeof rounds)[number]) => number) => {
    const sorted = rounds.map(of).toSorted((one, another) => one - another);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    ratio: middle((round) => round.edge.megabytesPerSecond / round.nginx.megabytesPerSecond),
    edge: middle((round) => round.edge.megabytesPerSecond),
    nginx: middle((round) => round.nginx.megabytesPerSecond),
    edgeCpu: middle((round) => round.edge.cpuSecondsPerGigabyte),
    nginxCpu: middle((round) => round.nginx.cpuSecondsPerGigabyte),
  };
}

async function benchmark(nginx: string, directory: string) {
  await makeObjects(join(directory, "objects"));
  const storage = await startFiles(nginx, join(directory, "storage"), join(directory, "objects"));
  const proxy = await startProxy(nginx, join(directory, "proxy"), storage.port);
  const edge = await startEdge(directory, storage.port);
  try {
    const alone = await view(
      storage.port,
      namesOf(programmes.films).map((name) => `/${bucket}/${name}`),
    );
    // The first ones have its code compiled and its heap grown to what it works with.
    await view(edge.port, namesOf(programmes.films).map(linkTo), limits.firstViewers);
    const before = memoryOf(edge.pid).now;
    const films = await compare(edge, proxy, "films");
    const growth = memoryOf(edge.pid).most - before;
    const segments = await compare(edge, proxy, "segments");
    return { storage: alone.megabytesPerSecond, films, segments, memory: { before, growth } };
  } finally {
    await Promise.all([edge.end(), proxy.end(), storage.end()]);
  }
}

type Result = Awaited<ReturnType<typeof benchmark>>;

function report({ storage, films, segments, memory }: Result): string {
  const line = (name: string, { ratio, edge, nginx, edgeCpu, nginxCpu }: Result["films"]) =>
    `${name.padEnd(9)} edge ${edge.toFixed(0)} MB/s, nginx ${nginx.toFixed(0)} MB/s: ratio ${ratio.toFixed(2)} ` +
    `(CPU ${edgeCpu.toFixed(2)} and ${nginxCpu.toFixed(2)} s/GB)`;
  return [
    `${limits.viewers} viewers; medians of ${options.rounds} rounds of ${options.seconds} s`,
    `storage   ${storage.toFixed(0)} MB/s by itself`,
    line("films", films),
    line("segments", segments),
    `memory    ${memory.before.toFixed(0)} MiB with ${limits.firstViewers} viewers of films, at most ${memory.growth.toFixed(0)} MiB more with ${limits.viewers}`,
    "",
  ].join("\n");
}

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const engines = await findEngines({ only: ["nginx"] });
  const nginx = engines.found.nginx?.program;
  if (nginx === undefined) {
    process.stderr.write(`not run: ${lacking(engines, ["nginx"]) ?? "nginx"}\n`);
    return 2;
  }
  const directory = await mkdtemp(join(tmpdir(), "bench-edge-"));
  // Started by root, nginx reads files as nobody.
  await chmod(directory, 0o755);
  try {
    const result = await benchmark(nginx, directory);
    process.stdout.write(
      options.json ? `${JSON.stringify({ ...result, limits })}\n` : report(result),
    );
    const ratio = Math.min(result.films.ratio, result.segments.ratio);
    return ratio >= limits.ratio && result.memory.growth < limits.growthMebibytes ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

process.exitCode = await main();
