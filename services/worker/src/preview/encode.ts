import type { LookupTables } from "../colour/lookup-tables.ts";
import type { Exchange } from "../ffmpeg/exchange.ts";
import { FfmpegFailed, runFfmpeg } from "../ffmpeg/run.ts";
import { type CardUse, encodeArguments } from "./encoding.ts";
import { hdrTransfer } from "./filters.ts";
import type { Film } from "./film.ts";
import { Refused } from "./refused.ts";
import { watch } from "./watch.ts";

/** What is encoded, by what, and who hears how far it is. */
export interface Encode {
  /** The program. */
  readonly ffmpeg: string;
  readonly segmentSeconds: number;
  readonly tables: LookupTables;
  readonly film: Film;
  readonly exchange: Exchange;
  readonly card?: CardUse;
  readonly signal: AbortSignal;
  /** Called with a number between 0 and 99. */
  readonly onProgress: (percent: number) => void;
  /** Called while there is progress, however small. */
  readonly onSign: () => void;
}

/** How long ffmpeg may neither read, nor write, nor get on in the film, in milliseconds. */
const standstill = 120_000;

/** Exit code of ffmpeg when more than {@link encodeArguments} allows could not be decoded. */
const tooManyErrors = 69;

/**
 * Encodes a film to its end.
 *
 * @throws Refused when too much of it cannot be decoded, FfmpegFailed when ffmpeg says that it failed, which it does not always.
 */
export async function encode(order: Encode): Promise<void> {
  const { ffmpeg, film, exchange, segmentSeconds, tables, signal, onProgress } = order;
  const transfer = hdrTransfer(film.picture);
  const directory = transfer && (await tables.directoryFor(transfer));
  const addresses = { master: exchange.masterAddress, output: exchange.address };
  const still = new AbortController();
  let reached = 0;
  const endWatch = watch({
    sign: () => `${reached} ${exchange.moved}`,
    limit: standstill,
    onSign: order.onSign,
    onStandstill: () => {
      still.abort(new Error(`ffmpeg stood still for ${standstill / 1000} s`));
    },
  });
  try {
    const ending = await runFfmpeg({
      program: ffmpeg,
      directory,
      args: encodeArguments({ film, ...addresses, segmentSeconds, card: order.card }),
      signal: AbortSignal.any([signal, still.signal]),
      onLine: (line) => {
        reached = secondsOf(line) ?? reached;
        onProgress(percentOf(film.duration ? reached / film.duration : exchange.read));
      },
    });
    if (ending.code === tooManyErrors && !exchange.failure)
      throw new Refused("The file is damaged: too much of its picture cannot be decoded.");
    if (ending.code !== 0) throw new FfmpegFailed(ending);
  } finally {
    endWatch();
  }
}

/** How far ffmpeg says it is; its `out_time_ms` is in microseconds too. */
function secondsOf(line: string): number | undefined {
  const microseconds = /^out_time_us=(\d+)/.exec(line)?.[1];
  return microseconds === undefined ? undefined : Number(microseconds) / 1e6;
}

/** What is left to do after the last frame keeps it from 100. */
const percentOf = (part: number) => Math.min(99, Math.max(0, Math.floor(part * 100)));
