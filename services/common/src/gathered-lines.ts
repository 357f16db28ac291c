import { type DestinationStream, pino } from "pino";

/** Milliseconds for which a line waits for others: a person who follows the log does not see it. */
const gatherMs = 50;

/** Bytes that are written without waiting any longer; pino takes less than 16 KiB. */
const mostBytes = 8 * 1024;

/** From here on a line is written at once, with those that wait: it may be the last one. */
const urgent = pino.levels.values.warn ?? 0;

/** What pino tells a stream that asks for it. */
interface Gathered extends DestinationStream {
  /** The level of the line that is written now. */
  readonly lastLevel: number;
}

/**
 * Standard output, lines of 50 ms in one write: a write for each line is a tenth of the processor that the API needs for
 * a request (`npm run bench:platform -- api`). Warnings and errors never wait, and nothing is left behind at the end of
 * the process; only a SIGKILL takes the last 50 ms of other lines along.
 */
export function gatheredLines(): DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, minLength: mostBytes });
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    output.flush();
  };
  process.on("exit", flush);
  const gathered: Gathered & Record<symbol, boolean> = {
    [Symbol.for("pino.metadata")]: true,
    lastLevel: 0,
    write(line) {
      output.write(line);
      if (gathered.lastLevel >= urgent) flush();
      else timer ??= setTimeout(flush, gatherMs).unref();
    },
  };
  return gathered;
}
