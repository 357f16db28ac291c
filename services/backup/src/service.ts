import { setTimeout as delay } from "node:timers/promises";

import type { DatabaseAccess } from "@mam-services/common/database";
import type { Running } from "@mam-services/common/main";
import { createStorage } from "@mam-services/common/storage";
import type { Logger } from "pino";

import { type DumpContext, dumpDatabase } from "./dump/dump.ts";
import { connectDirectly } from "./dump/sessions.ts";
import type { BackupEnvironment } from "./environment.ts";
import { newestTaken } from "./records.ts";
import { pauseAfter, untilNext } from "./schedule.ts";

/** Milliseconds that a dump may take: one that hangs shall not keep migrations out for ever. */
const longestDump = 6 * 3_600_000;

/** Seconds without a byte after which a request to storage counts as broken off, and is tried again. */
const longestSilence = 60;

/** What dumps are made with, but for what ends them. */
export function dumpContext(environment: BackupEnvironment): Omit<DumpContext, "signal"> {
  return {
    access: accessOf(environment),
    clients: environment.POSTGRES_CLIENTS,
    storage: createStorage({
      endpoint: environment.WASABI_ENDPOINT,
      region: environment.WASABI_REGION,
      accessKeyId: environment.WASABI_BACKUPS_ACCESS_KEY,
      secretAccessKey: environment.WASABI_BACKUPS_SECRET,
      silenceSeconds: longestSilence,
      attempts: 5,
    }),
    bucket: environment.BACKUPS_BUCKET,
    environment: environment.MAM_ENVIRONMENT,
    kept: {
      retentionDays: environment.BACKUP_RETENTION_DAYS,
      lockDays: environment.BACKUP_LOCK_DAYS,
    },
  };
}

const accessOf = (environment: BackupEnvironment): DatabaseAccess => ({
  url: environment.POSTGRES_URL,
  certificateAuthority: environment.POSTGRES_CA_CERT,
});

/**
 * Makes one dump, and says what became of it.
 *
 * @returns whether it is there.
 */
export async function dumpOnce(
  context: Omit<DumpContext, "signal">,
  logger: Logger,
  stopping: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(longestDump)]);
  try {
    const { id, bytes, takenAt, rows } = await dumpDatabase({ ...context, signal });
    const durationMs = Math.round(performance.now() - started);
    const tables = Object.keys(rows.dumped).length;
    logger.info({ dump: id, bytes, tables, takenAt, durationMs }, "database dumped");
    return true;
  } catch (error) {
    if (stopping.aborted) logger.info("dump given up: the process ends");
    else logger.error({ err: error }, "dump failed");
    return false;
  }
}

/** Makes a dump each day at its hour, and again soon after one that failed, until it is closed. */
export function startBackup(environment: BackupEnvironment, logger: Logger): Running {
  const stopping = new AbortController();
  const work = keepDumping(environment, logger, stopping.signal);
  return {
    log: logger,
    close: async () => {
      stopping.abort();
      await work;
    },
  };
}

async function keepDumping(
  environment: BackupEnvironment,
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const context = dumpContext(environment);
  let newest = await knownNewest(environment, logger);
  let failures = 0;
  for (;;) {
    const wait =
      failures > 0 ? pauseAfter(failures) : untilNext(environment.BACKUP_HOUR, new Date(), newest);
    if (wait > 0) logger.info({ waitMs: wait, failures }, "waiting for the next dump");
    await delay(wait, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    const begun = new Date();
    const isMade = await dumpOnce(context, logger, stopping);
    if (isMade) newest = begun;
    failures = isMade ? 0 : failures + 1;
  }
}

/** When the newest dump was taken, as the database knows it; a database that is away is no reason not to try. */
async function knownNewest(
  environment: BackupEnvironment,
  logger: Logger,
): Promise<Date | undefined> {
  try {
    const client = await connectDirectly(accessOf(environment), "mam-backup");
    try {
      return await newestTaken(client);
    } finally {
      await client.end();
    }
  } catch (error) {
    logger.warn({ err: error }, "the newest dump is not known");
    return undefined;
  }
}
