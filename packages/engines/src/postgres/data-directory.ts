import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { cacheDirectory, sharedDirectory } from "../find/cache.ts";
import type { FoundEngine } from "../find/model.ts";
import { giveToServer } from "../run/home.ts";
import { serverUser } from "../run/server-user.ts";

const run = promisify(execFile);

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Texts are compared by code point, the same on every machine; the platform's own clusters use en_US.UTF-8. */
const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"];

/** The administrator of the server itself, who is reached through its socket only; no user of a cluster is a superuser. */
export const superuser = "postgres";

async function initialise(engine: FoundEngine, target: string): Promise<void> {
  const initdb = join(dirname(engine.program), "initdb");
  const settings = ["--auth=trust", `--username=${superuser}`, "--no-sync", ...locale];
  await run(initdb, ["--pgdata", target, ...settings], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", ...engine.environment },
    ...serverUser(),
  });
}

/**
 * An empty data directory, prepared once a version of the server: that takes seconds, and a copy a tenth of one. A server that
 * began with a copy has the same beginning of its log.
 */
async function template(engine: FoundEngine): Promise<string> {
  const key = createHash("sha256").update(`${engine.program} ${engine.version} ${locale.join()}`);
  const name = `postgres-${engine.version}-${key.digest("hex").slice(0, 12)}`;
  const templates = await sharedDirectory(cacheDirectory(process.env), "data");
  const finished = join(templates, name);
  if (await exists(finished)) return finished;
  const directory = await mkdtemp(join(templates, `${name}.`));
  try {
    await giveToServer(directory, 0o700);
    await initialise(engine, directory);
    // Somebody else may have been faster; theirs is as good.
    await rename(directory, finished).catch(async (error: unknown) => {
      if (!(await exists(finished))) throw error;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return finished;
}

/**
 * Makes a server's data directory unless there is one.
 *
 * @throws with what initdb said.
 */
export async function prepareData(engine: FoundEngine, target: string): Promise<void> {
  if (await exists(join(target, "PG_VERSION"))) return;
  await run("cp", ["-pR", await template(engine), target], { cwd: "/", ...serverUser() });
}
