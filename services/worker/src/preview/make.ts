import type { S3Client } from "@aws-sdk/client-s3";

import type { LookupTables } from "../colour/lookup-tables.ts";
import { Exchange } from "../ffmpeg/exchange.ts";
import { encode } from "./encode.ts";
import type { Film } from "./film.ts";
import type { CardUse } from "./encoding.ts";
import { mostFrames } from "./limits.ts";
import { type MasterPlace, openMaster } from "./master.ts";
import { PreviewOutputs } from "./outputs.ts";
import { probe } from "./probe.ts";
import { type Size, previewSize } from "./sizing.ts";
import { type PreviewPlace, PreviewStore } from "./store.ts";
import { checkLength } from "./whole.ts";

/** What previews are made with. */
export interface Workshop {
  readonly storage: S3Client;
  /** Program to encode with. */
  readonly ffmpeg: string;
  readonly segmentSeconds: number;
  readonly tables: LookupTables;
  /** How often a piece of a master is asked for before an attempt fails. */
  readonly tries: number;
  /** The card that encodes, and whether it decodes too; the CPU without it. */
  readonly card?: CardUse;
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
  /** Called while there is progress, however small. */
  readonly onSign: () => void;
}

/** What is known of a preview that is whole. */
export interface Media extends Size {
  /** Seconds. */
  readonly duration: number;
  /** Frames a second on average; missing when the file does not say. */
  readonly fps?: number;
  readonly hasAudio: boolean;
}

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
  const { exchange, signal } = bench;
  const film = await probe(workshop.ffmpeg, exchange, signal);
  const store = new PreviewStore(workshop.storage, order.preview, signal);
  const variant = { size: previewSize(film.picture), hasAudio: film.sound !== undefined };
  const outputs = new PreviewOutputs(store, variant, order.onPlayable);
  exchange.handTo((name, body) => outputs.take(name, body));
  try {
    await encode({
      ...workshop,
      ...bench,
      film,
      onProgress: order.onProgress,
      onSign: order.onSign,
    });
    await exchange.settled();
    if (exchange.failure) throw exchange.failure;
    checkLength(film, outputs.lengths);
    const { segments, duration } = await outputs.finish();
    const media = mediaOf(film, duration);
    const record = { version: 1, id: order.id, ...media, segments };
    await store.put("preview.json", JSON.stringify(record), "application/json");
    return media;
  } finally {
    await outputs.abandon();
  }
}

function mediaOf({ picture, sound }: Film, duration: number): Media {
  const fps = picture.fps === undefined ? {} : { fps: Math.min(picture.fps, mostFrames) };
  return { duration, ...previewSize(picture), ...fps, hasAudio: sound !== undefined };
}
