import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { serverUser } from "./server-user.ts";

/**
 * Makes a directory of a server's own, for its data, configuration, sockets and log: only the server's user and root enter
 * it. It lies below the system's temporary one, and its path is short, because a socket's has to be.
 */
export async function makeHome(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `mam-${name}-`));
  await giveToServer(directory, 0o700);
  return directory;
}

/** Writes a file that only the server's user and root read. */
export async function writeForServer(path: string, content: string): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  await giveToServer(path, 0o600);
}

/** Gives a file or directory to the user that servers run as. */
export async function giveToServer(path: string, mode: number): Promise<void> {
  await chmod(path, mode);
  const user = serverUser();
  if (user) await chown(path, user.uid, user.gid);
}

/** Removes a server's directory. */
export const removeHome = (directory: string) => rm(directory, { recursive: true, force: true });
