import type { Exchange } from "../ffmpeg/exchange.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { readDescription } from "./description.ts";
import { inputArguments } from "./encoding.ts";
import type { Film } from "./film.ts";

/** How much of a description is read, in characters; files with many streams and chapters have long ones. */
const longestDescription = 256 * 1024;

/** Milliseconds that ffmpeg may take to find out what a file holds. */
const probeWithin = 120_000;

/**
 * Finds out what a master holds.
 *
 * @throws Refused when it is no film; anything else may work another time.
 */
export async function probe(
  program: string,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Film> {
  const { lastWords } = await runFfmpeg({
    program,
    args: inputArguments(exchange.masterAddress),
    signal: AbortSignal.any([signal, AbortSignal.timeout(probeWithin)]),
    keep: longestDescription,
  });
  if (exchange.failure) throw exchange.failure;
  return readDescription(lastWords);
}
