import type { Logger } from "pino";

/** Work that is done again and again beside the requests. */
export interface Repeated {
  /** Does it now, or again when it is at it. */
  readonly soon: () => void;
  /** Begins no further round, and waits for the one that runs. */
  readonly stop: () => Promise<void>;
}

/**
 * Repeats work; a round that fails is reported and the next one tries again.
 *
 * @param name for the log line.
 * @param seconds between the end of a round and the next.
 */
export function repeat(
  name: string,
  seconds: number,
  work: () => Promise<unknown>,
  log: Logger,
): Repeated {
  let stopped = false;
  let wanted = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const again = () => {
    const isWanted = wanted && !stopped;
    wanted = false;
    return isWanted;
  };
  const round = async () => {
    do {
      await work().catch((error: unknown) => {
        log.warn({ err: error, work: name }, "a round failed");
      });
    } while (again());
    running = undefined;
    if (!stopped) timer = setTimeout(begin, seconds * 1000);
  };
  const begin = () => {
    clearTimeout(timer);
    running = round();
  };
  begin();
  return {
    soon: () => {
      if (running) wanted = true;
      else if (!stopped) begin();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
