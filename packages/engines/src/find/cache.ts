import { chown, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { serverUser } from "../run/server-user.ts";

/**
 * Where installed binaries and prepared data directories are kept between runs: `MAM_ENGINES_CACHE` if it is set, else
 * the user's cache directory. For root that is /var/cache: PostgreSQL refuses to run as root, and the user that it runs
 * as instead cannot enter root's home directory.
 */
export function cacheDirectory(environment: Readonly<Partial<Record<string, string>>>): string {
  const { MAM_ENGINES_CACHE: named, XDG_CACHE_HOME: xdg } = environment;
  if (named) return named;
  if (serverUser()) return "/var/cache/mam-infra/engines";
  return join(xdg ?? join(homedir(), ".cache"), "mam-infra", "engines");
}

/** Makes a directory in the cache that the servers' user may write in. @throws when it cannot be made. */
export async function sharedDirectory(...path: [string, ...string[]]): Promise<string> {
  const directory = join(...path);
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const user = serverUser();
  if (user) await chown(directory, user.uid, user.gid);
  return directory;
}
