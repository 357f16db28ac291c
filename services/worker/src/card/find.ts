import { FfmpegFailed, runFfmpeg } from "../ffmpeg/run.ts";
import { Card } from "./card.ts";
import { type Scaler, cardScaling, scalers } from "./scaling.ts";

/** Milliseconds that a question or a trial may take: a driver that hangs must not keep the worker from its work. */
const within = 30_000;

/** A picture that every card of ten years takes: NVENC refuses those that are less than 145 pixels wide. */
const picture = ["-f", "lavfi", "-i", "color=size=256x144:rate=25"];

/** Encodes one frame. A build of ffmpeg that has the encoder says nothing of a card or a driver. */
const encodingTrial = [...picture, "-frames:v", "1", "-c:v", "h264_nvenc", "-f", "null", "-"];

/** Makes the card ready, and hands a frame to it and back. */
const decodingTrial = [
  ...["-init_hw_device", "cuda"],
  ...picture,
  ...["-vf", "hwupload_cuda,hwdownload,format=yuv420p", "-frames:v", "1", "-f", "null", "-"],
];

/** Scales a frame on the card, with the options that a film is scaled with. */
const scalingTrial = (scaler: Scaler) => [
  ...["-init_hw_device", "cuda"],
  ...picture,
  ...["-vf", ["hwupload_cuda", ...cardScaling(scaler, { width: 128, height: 72 })].join(",")],
  ...["-frames:v", "1", "-f", "null", "-"],
];

/**
 * Finds out what a machine can do: whether a card encodes, whether it decodes as well, and by what it scales. Nothing is believed that was
 * not tried.
 *
 * @param program ffmpeg.
 */
export async function findCard(program: string): Promise<Card> {
  const encoders = await linesOf(program, ["-hide_banner", "-encoders"]);
  if (!encoders.some((line) => line.includes(" h264_nvenc "))) {
    return Card.none("this build of ffmpeg has no h264_nvenc");
  }
  const refusal = await tried(program, encodingTrial);
  if (refusal !== undefined) return Card.none(`the card does not encode: ${refusal}`);
  const decodes = (await tried(program, decodingTrial)) === undefined;
  return Card.found({ decodes, scaler: decodes ? await findScaler(program) : undefined });
}

/** The first filter that scales on the card, as the build of ffmpeg and the driver have it. */
async function findScaler(program: string): Promise<Scaler | undefined> {
  const filters = await linesOf(program, ["-hide_banner", "-filters"]);
  for (const scaler of scalers) {
    const isBuiltIn = filters.some((line) => line.includes(` ${scaler} `));
    if (isBuiltIn && (await tried(program, scalingTrial(scaler))) === undefined) return scaler;
  }
  return undefined;
}

async function linesOf(program: string, args: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  await runFfmpeg({ program, args, signal: AbortSignal.timeout(within), onLine });
  return lines;
}

/** Why something does not work; undefined when it does. */
async function tried(program: string, args: readonly string[]): Promise<string | undefined> {
  const signal = AbortSignal.timeout(within);
  try {
    const all = ["-nostdin", "-hide_banner", "-loglevel", "error", ...args];
    const ending = await runFfmpeg({ program, args: all, signal });
    return ending.code === 0 ? undefined : firstLine(new FfmpegFailed(ending));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function firstLine({ lastWords, message }: FfmpegFailed): string {
  const [first = ""] = lastWords.trim().split("\n");
  return first === "" ? message : first;
}
