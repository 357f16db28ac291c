import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { FoundEngine } from "../find/model.ts";
import { giveToServer } from "../run/home.ts";
import { type CopySource, connectTo, copyData } from "./copy.ts";
import { prepareData } from "./data-directory.ts";
import type { PostgresSettings } from "./settings.ts";

/** A server whose data are copied as they were at a time of this machine; without one as they are. */
export interface PastSource extends CopySource {
  readonly at?: Date;
}

/** The first segment of a server's log: a server that began empty has the same as every other. */
const firstSegment = "000000010000000000000001";

/**
 * Prepares the data of a server as they were at a time: an empty server, and what another one's log says until then.
 *
 * A copy as it is now is taken where no time is named, and from a server that began as a copy itself: its log does not reach
 * back to an empty server.
 *
 * @returns settings that the new server is started with, once.
 */
export async function copyPast(
  engine: FoundEngine,
  source: PastSource,
  target: string,
): Promise<PostgresSettings> {
  const { at } = source;
  if (at === undefined || at >= (await markTime(source)) || !(await hasWholeLog(source))) {
    await copyData(source, target);
    return {};
  }
  await prepareData(engine, target);
  const signal = join(target, "recovery.signal");
  await writeFile(signal, "");
  await giveToServer(signal, 0o600);
  return {
    restore_command: `cp "${join(source.socketDirectory, "data", "pg_wal")}/%f" "%p"`,
    // It takes no Z (17.12).
    recovery_target_time: at.toISOString().replace("Z", "+00"),
    recovery_target_action: "promote",
    // Nobody reads while it recovers, so that settings of the source that were greater do not stop it.
    hot_standby: false,
  };
}

/** Commits once more and writes the log out: a recovery ends with the first commit that is too late. @returns that moment. */
async function markTime(source: CopySource): Promise<Date> {
  const client = await connectTo(source);
  try {
    const { rows } = await client.query<{ now: Date }>("SELECT clock_timestamp() AS now");
    await client.query("SELECT pg_current_xact_id()");
    await client.query("SELECT pg_switch_wal()");
    return rows[0]?.now ?? new Date();
  } finally {
    await client.end();
  }
}

async function hasWholeLog(source: CopySource): Promise<boolean> {
  const client = await connectTo(source);
  try {
    const { rows } = await client.query(
      "SELECT 1 FROM pg_ls_waldir() WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM pg_ls_waldir() WHERE name LIKE '%.history')",
      [firstSegment],
    );
    return rows.length > 0;
  } finally {
    await client.end();
  }
}
