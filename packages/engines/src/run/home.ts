import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { serverUser } from "./server-user.ts";

/** A directory of a server's own: its data, configuration, sockets and log. Only the server's user and root enter it. */
export interface Home {
  readonly directory: string;
  /** Whether it was made for this server, and goes when the server is closed. */
  readonly temporary: boolean;
}

/**
 * Makes a server's directory, or takes the one that is named, whose data are then kept when the server is closed.
 *
 * @param given must exist, and belong to the server's user: {@link serverUser}.
 */
export async function makeHome(name: string, given?: string): Promise<Home> {
  if (given !== undefined) return { directory: given, temporary: false };
  return { directory: await temporaryHome(name), temporary: true };
}

/** A new directory below the system's temporary one. A server's sockets lie in it, so its path is short. */
export async function temporaryHome(name: string): Promise<string> {
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

/** Removes a directory that was made for a server. */
export async function removeHome({ directory, temporary }: Home): Promise<void> {
  if (temporary) await rm(directory, { recursive: true, force: true });
}
