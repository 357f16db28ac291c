import { Redis } from "iovalkey";
import type { Logger } from "pino";

/**
 * A client of Valkey that fails at once while Valkey is away: with the library's defaults a request would wait for
 * minutes. It connects again by itself.
 *
 * @param purpose for log lines; each purpose has a client of its own, so that none waits behind another.
 * @param options.isTimed whether a command fails after half a second by itself, which is the default.
 */
export function createValkey(
  url: string,
  purpose: string,
  log: Logger,
  { isTimed = true }: { readonly isTimed?: boolean } = {},
): Redis {
  const client = new Redis(url, {
    connectionName: `api-${purpose}`,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    ...(isTimed && { commandTimeout: 500 }),
    connectTimeout: 5000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  });
  reportOutages(client, purpose, log);
  return client;
}

/** One line when it goes and one when it is back, and not one for every attempt. */
function reportOutages(client: Redis, purpose: string, log: Logger): void {
  let isAway = false;
  client.on("error", (error: Error) => {
    if (!isAway) log.warn({ err: error, purpose }, "valkey is away");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) log.info({ purpose }, "valkey is back");
    isAway = false;
  });
}
