import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ffmpeg } from "./engines.ts";

/**
 * What a simulated card does: it decodes, scales and encodes; it does not scale, or fails at what it is to scale; it says that
 * it encodes and fails at every film; or there is none.
 */
export type Behaviour =
  "works" | "does not scale" | "fails at scaling" | "fails at films" | "is missing";

/** An ffmpeg whose card is simulated. */
export interface SimulatedCard {
  readonly program: string;
  remove(): Promise<void>;
}

/**
 * Takes h264_nvenc for what it would be given on a machine with a card, letter by letter, and lets libx264 and swscale do the work. It says
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
if (args.includes("-filters")) {
  const shown = spawnSync(${JSON.stringify(ffmpeg)}, args, { encoding: "utf8" }).stdout;
  console.log(shown.split("\\n").filter((line) => !/scale_(cuda|npp)/.test(line)).join("\\n"));
  if (behaviour !== "does not scale") console.log(" ... scale_cuda        V->V       GPU accelerated video resizer (simulated)");
  process.exit(0);
}
const trial = args.find((one) => one.startsWith("hwupload_cuda,"));
if (trial === "hwupload_cuda,hwdownload,format=yuv420p") process.exit(0);
if (trial !== undefined) {
  if (trial !== "hwupload_cuda,scale_cuda=128:72:interp_algo=lanczos:format=yuv420p,hwdownload,format=yuv420p") refuse("is tried with " + trial);
  process.exit(0);
}
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
const output = args.indexOf("-hwaccel_output_format");
const graph = args.indexOf("-filter_complex") + 1;
const scaling = /^(\\[0:\\d+\\])scale_cuda=(\\d+:\\d+):interp_algo=lanczos:format=yuv420p,hwdownload,format=yuv420p,/;
const scales = scaling.test(args[graph]);
if ((output >= 0) !== scales) refuse("Impossible to convert between the formats supported by the filter: frames are " + (scales ? "not " : "") + "on the card");
if (output >= 0 && (output !== decoder + 2 || args[output + 1] !== "cuda")) refuse("frames are kept as " + args[output + 1]);
if (!scales && /scale_(cuda|npp)|hwdownload/.test(args[graph])) refuse("is given " + args[graph]);
if (scales && behaviour === "fails at scaling") refuse("Impossible to convert between the formats supported by the filter 'graph 0 input' and the filter 'auto_scale_0'");
const cpu = "-c:v libx264 -preset ultrafast -profile:v high -level 4.0".split(" ");
const rest = [...args.slice(0, at - 1), ...cpu, ...args.slice(at - 1 + wanted.length)];
// As the card does it: no matrix and no range is converted, and nothing is turned.
rest[graph] = args[graph].replace(scaling, "$1scale=$2:flags=lanczos,format=yuv420p,");
rest.splice(decoder, scales ? 4 : 2);
console.error("[simulated card] encodes" + (scales ? ", and scales" : ""));
real(rest);
`;

export async function simulatedCard(behaviour: Behaviour): Promise<SimulatedCard> {
  const directory = await mkdtemp(join(tmpdir(), "simulated-card-"));
  const program = join(directory, "ffmpeg");
  await writeFile(program, script(behaviour));
  await chmod(program, 0o755);
  return { program, remove: () => rm(directory, { recursive: true }) };
}
