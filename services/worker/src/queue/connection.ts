import { Redis as Valkey } from "iovalkey";
import type { Logger } from "pino";

import { timing } from "./timing.ts";

/** Longest pause between two tries to connect, in milliseconds. */
const longestPause = 2_000;

/**
 * Connects to Valkey, and again whenever the connection breaks.
 *
 * @param blocking whether reads on it wait for entries: everything else on such a connection waits with them, so it
 * is used for nothing else.
 */
export function connect(url: string, name: string, logger: Logger, blocking = false): Valkey {
  const client = new Valkey(url, {
    connectionName: name,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(100 * tries, longestPause),
    ...(blocking ? {} : { commandTimeout: timing.command }),
  });
  client.on("error", (error: Error) => {
    logger.warn({ err: { type: error.name, message: error.message } }, "valkey connection");
  });
  return client;
}
