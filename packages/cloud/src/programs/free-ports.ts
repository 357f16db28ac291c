import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Ports below those that systems give to outgoing connections (32768 and up on Linux, 49152 on macOS): one of those could
 * be taken by somebody's connection between the moment when it was found free and the moment when a program listens.
 */
const [lowest, highest] = [20_000, 32_767];
const attempts = 200;

const given = new Set<number>();

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/**
 * Finds a port of 127.0.0.1 on which nothing listens. It is not given again until {@link returnPort}.
 *
 * @throws Error when none is found.
 */
export async function takeFreePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowest, highest + 1);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
    given.delete(port);
  }
  throw new Error(`No free port of 127.0.0.1 between ${lowest} and ${highest} was found.`);
}

/** Gives a port back. */
export function returnPort(port: number): void {
  given.delete(port);
}
