import type { Readable } from "node:stream";

/** What ends the reading of an answer. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Milliseconds without a byte. */
  readonly longestSilence: number;
}

/** The chunks of an answer's body; one that is silent for too long counts as broken off: no client of S3 ends it by itself. */
export async function* chunksOf(
  body: unknown,
  { signal, longestSilence }: Patience,
): AsyncGenerator<Buffer> {
  const stream = body as Readable;
  const silent = setTimeout(() => {
    stream.destroy(new Error(`nothing came for ${longestSilence / 1000} seconds`));
  }, longestSilence);
  const interrupt = () => {
    stream.destroy(new Error("interrupted"));
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      silent.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(silent);
    signal.removeEventListener("abort", interrupt);
  }
}
