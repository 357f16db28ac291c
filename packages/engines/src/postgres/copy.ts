import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import pg from "pg";

import { giveToServer } from "../run/home.ts";
import { serverUser } from "../run/server-user.ts";
import { superuser } from "./data-directory.ts";

const run = promisify(execFile);

/** A server whose data are copied. */
export interface CopySource {
  readonly socketDirectory: string;
  readonly port: number;
}

/** Opens a connection of a server's superuser. */
export async function connectTo({ socketDirectory, port }: CopySource): Promise<pg.Client> {
  const client = new pg.Client({
    host: socketDirectory,
    port,
    user: superuser,
    database: "postgres",
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/**
 * Copies the data of a server that runs, as they are now, and goes on running: what pg_basebackup does, which the
 * packaged server lacks. The copy recovers from the log of what was written meanwhile when it is started.
 *
 * @throws when the server is gone or the copy fails.
 */
export async function copyData(source: CopySource, target: string): Promise<void> {
  const { socketDirectory } = source;
  // The backup lasts as long as this one connection.
  const client = await connectTo(source);
  try {
    await client.query("SELECT pg_backup_start('copy', fast => true)");
    await run("cp", ["-pR", join(socketDirectory, "data"), target], asServer());
    const { rows } = await client.query<{ labelfile: string }>(
      "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)",
    );
    await finishCopy(join(socketDirectory, "data"), target, rows[0]?.labelfile ?? "");
  } finally {
    await client.end();
  }
}

const asServer = () => ({ cwd: "/", ...serverUser() });

/** The log up to the end of the backup, and the label by which the copy knows where to begin. */
async function finishCopy(source: string, target: string, label: string): Promise<void> {
  await run("rm", ["-rf", join(target, "pg_wal"), join(target, "postmaster.pid")], asServer());
  await run("cp", ["-pR", join(source, "pg_wal"), join(target, "pg_wal")], asServer());
  const file = join(target, "backup_label");
  await writeFile(file, label);
  await giveToServer(file, 0o600);
}
