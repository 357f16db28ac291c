import type { S3Client } from "@aws-sdk/client-s3";

import { Exchange } from "../ffmpeg/exchange.ts";
import { FfmpegFailed, runFfmpeg } from "../ffmpeg/run.ts";
import { readDescription } from "./description.ts";
import { encodeArguments, inputArguments, written } from "./encoding.ts";
import type { Film } from "./film.ts";
import { type MasterPlace, openMaster } from "./master.ts";
import { SegmentPublisher, bytesOf } from "./segments.ts";
import { type Size, previewSize } from "./sizing.ts";
import { type PreviewPlace, PreviewStore } from "./store.ts";
import { watch } from "./watch.ts";
import { checkLength } from "./whole.ts";

/** What previews are made with. */
export interface Workshop {
  readonly storage: S3Client;
  /** Program to encode with. */
  readonly ffmpeg: string;
  readonly segmentSeconds: number;
  /** How often a piece of a master is asked for before an attempt fails. */
  readonly tries: number;
}

/** One preview to be made. */
export interface Order {
  readonly id: string;
  readonly master: MasterPlace;
  readonly preview: PreviewPlace;
  /** Ends the attempt at once. */
  readonly signal: AbortSignal;
  /** Called when the first segments can be fetched. */
  readonly onPlayable: () => void;
  /** Called as it goes on, with a number between 0 and 100. */
  readonly onProgress: (percent: number) => void;
}

/** What is known of a preview that is whole. */
export interface Media extends Size {
  /** Seconds. */
  readonly duration: number;
  /** Frames a second on average; missing when the file does not say. */
  readonly fps?: number;
  readonly hasAudio: boolean;
}

/** How long ffmpeg may neither read, nor write, nor get on in the film, in milliseconds. */
const standstill = 120_000;

/** How much of a description is read, in characters; files with many streams and chapters have long ones. */
const longestDescription = 256 * 1024;

/**
 * Makes a preview: probes the master, encodes it once into all that a preview consists of, compares what came out with
 * the master, and says last, by `preview.json`, that it is whole.
 *
 * @throws Refused when the file cannot become a preview; anything else may work another time.
 */
export async function makePreview(workshop: Workshop, order: Order): Promise<Media> {
  // Ends with the attempt, for whatever reason it ends: nothing of it goes on behind its back.
  const attempt = new AbortController();
  const signal = AbortSignal.any([order.signal, attempt.signal]);
  const abort = () => {
    attempt.abort();
  };
  try {
    const master = await openMaster(workshop.storage, order.master, workshop.tries, signal);
    const exchange = await Exchange.open(master, abort);
    try {
      return await make(workshop, order, { exchange, signal });
    } catch (error) {
      throw exchange.failure ?? error;
    } finally {
      abort();
      await exchange.close();
    }
  } finally {
    abort();
  }
}

/** What an attempt works with. */
interface Bench {
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
}

async function make(workshop: Workshop, order: Order, bench: Bench): Promise<Media> {
  const film = await probe(workshop, bench);
  const store = new PreviewStore(workshop.storage, order.preview, bench.signal);
  const variant = { size: previewSize(film.picture), hasAudio: film.sound !== undefined };
  const publisher = new SegmentPublisher(store, variant, order.onPlayable);
  const files = new Set<string>();
  bench.exchange.handTo(async (name, body) => {
    await receive({ store, publisher }, name, body);
    files.add(name);
  });
  await encode(workshop, film, order, bench);
  await bench.exchange.settled();
  if (bench.exchange.failure) throw bench.exchange.failure;
  for (const name of [written.playlist, written.film, written.poster])
    if (!files.has(name)) throw new Error(`ffmpeg made no ${name}`);
  return finish(film, order, { store, publisher });
}

async function probe({ ffmpeg }: Workshop, { exchange, signal }: Bench): Promise<Film> {
  const args = inputArguments(exchange.masterAddress);
  const { lastWords } = await runFfmpeg({
    program: ffmpeg,
    args,
    signal,
    keep: longestDescription,
  });
  if (exchange.failure) throw exchange.failure;
  return readDescription(lastWords);
}

/** Where what ffmpeg writes goes. */
interface Outputs {
  readonly store: PreviewStore;
  readonly publisher: SegmentPublisher;
}

async function receive(
  { store, publisher }: Outputs,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (name === written.playlist) await publisher.takePlaylist(body);
  else if (written.segment.test(name)) await publisher.takeSegment(name, body);
  else if (name === written.film) await store.stream(name, body, "video/mp4");
  else if (name === written.poster) await store.put(name, await bytesOf(body), "image/jpeg");
  else throw new Error("ffmpeg wrote a file that nobody expects");
}

async function encode(
  { ffmpeg, segmentSeconds }: Workshop,
  film: Film,
  { onProgress }: Order,
  { exchange, signal }: Bench,
): Promise<void> {
  const addresses = { master: exchange.masterAddress, output: exchange.address };
  const args = encodeArguments({ film, ...addresses, segmentSeconds });
  const still = new AbortController();
  let reached = 0;
  const endWatch = watch({
    sign: () => `${reached} ${exchange.moved}`,
    limit: standstill,
    onStandstill: () => {
      still.abort(new Error(`ffmpeg stood still for ${standstill / 1000} s`));
    },
  });
  const onLine = (line: string) => {
    const microseconds = /^out_time_us=(\d+)/.exec(line)?.[1];
    if (microseconds === undefined) return;
    reached = Number(microseconds) / 1e6;
    onProgress(percentOf(film.duration ? reached / film.duration : exchange.read));
  };
  try {
    const both = AbortSignal.any([signal, still.signal]);
    const ending = await runFfmpeg({ program: ffmpeg, args, signal: both, onLine });
    if (ending.code !== 0) throw new FfmpegFailed(ending);
  } finally {
    endWatch();
  }
}

/** What is left to do after the last frame keeps it from 100. */
const percentOf = (part: number) => Math.min(99, Math.max(0, Math.floor(part * 100)));

async function finish(film: Film, order: Order, { store, publisher }: Outputs): Promise<Media> {
  const { duration, segments } = publisher.playlist;
  checkLength(film, duration);
  const { fps } = film.picture;
  const media: Media = {
    duration,
    ...previewSize(film.picture),
    ...(fps === undefined ? {} : { fps }),
    hasAudio: film.sound !== undefined,
  };
  await publisher.finish();
  const record = { version: 1, id: order.id, ...media, segments: segments.length };
  await store.put("preview.json", JSON.stringify(record), "application/json");
  return media;
}
