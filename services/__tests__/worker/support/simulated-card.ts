import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ffmpeg } from "./engines.ts";

/** What a simulated card does: it encodes, it says so and fails at every film, or there is none. */
export type Behaviour = "works" | "fails at films" | "is missing";

/** An ffmpeg whose card is simulated. */
export interface SimulatedCard {
  readonly program: string;
  remove(): Promise<void>;
}

/**
 * Takes h264_nvenc for what it would be given on a machine with a card, letter by letter, and lets libx264 do the work. It says
 * on standard error that it is simulated; what is given otherwise than a card wants it is refused as ffmpeg would.
 */
const script = (behaviour: Behaviour) => `#!/usr/bin/env node
const { spawnSync } = require("node:child_process");
const behaviour = ${JSON.stringify(behaviour)};
const args = process.argv.slice(2);
const real = (list) => process.exit(spawnSync(${JSON.stringify(ffmpeg)}, list, { stdio: "inherit" }).status ?? 1);
const refuse = (why) => { console.error("[simulated card] " + why); process.exit(1); };
if (args.includes("-encoders")) {
  if (behaviour !== "is missing") console.log(" V....D h264_nvenc           NVIDIA NVENC H.264 encoder (simulated)");
  const shown = spawnSync(${JSON.stringify(ffmpeg)}, args, { encoding: "utf8" }).stdout;
  console.log(shown.split("\\n").filter((line) => !line.includes("nvenc")).join("\\n"));
  process.exit(0);
}
if (args.includes("hwupload_cuda,hwdownload,format=yuv420p")) process.exit(0);
const at = args.indexOf("h264_nvenc");
if (at < 0) real(args);
if (behaviour === "is missing") refuse("Cannot load libcuda.so.1");
const isTrial = args.includes("color=size=256x144:rate=25");
if (isTrial) process.exit(0);
if (behaviour === "fails at films") refuse("OpenEncodeSessionEx failed: out of memory (10)");
const wanted = "-c:v h264_nvenc -preset p4 -tune hq -profile:v high -level 4.0 -rc vbr -cq 23 -b:v 0 -maxrate 4000000 -bufsize 8000000 -forced-idr 1".split(" ");
const given = args.slice(at - 1, at - 1 + wanted.length);
if (given.join(" ") !== wanted.join(" ")) refuse("h264_nvenc is given " + given.join(" "));
const decoder = args.indexOf("-hwaccel");
if (decoder < 0 || args[decoder + 1] !== "cuda" || decoder > args.indexOf("-i")) refuse("nothing is decoded on the card");
const cpu = "-c:v libx264 -preset ultrafast -profile:v high -level 4.0".split(" ");
const rest = [...args.slice(0, at - 1), ...cpu, ...args.slice(at - 1 + wanted.length)];
rest.splice(decoder, 2);
console.error("[simulated card] encodes");
real(rest);
`;

export async function simulatedCard(behaviour: Behaviour): Promise<SimulatedCard> {
  const directory = await mkdtemp(join(tmpdir(), "simulated-card-"));
  const program = join(directory, "ffmpeg");
  await writeFile(program, script(behaviour));
  await chmod(program, 0o755);
  return { program, remove: () => rm(directory, { recursive: true }) };
}
