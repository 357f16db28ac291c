import { randomInt } from "node:crypto";
import { connect, createServer } from "node:net";

/**
 * Ports below those that systems give to outgoing connections (32768 and up on Linux, 49152 on macOS): one of those could
 * be taken by somebody's connection before a server listens, and while it is started again.
 */
const [lowest, highest] = [20_000, 32_767];

/**
 * A port of 127.0.0.1 that is free now: another program may take it before it is used.
 *
 * @throws what the system says when somebody listens on the one that was tried.
 */
async function freePort(): Promise<number> {
  const port = randomInt(lowest, highest + 1);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether somebody takes connections there. */
export function isListening(target: { readonly port: number } | { readonly path: string }) {
  return new Promise<boolean>((resolve) => {
    const socket = connect({ host: "127.0.0.1", ...target });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}

const attempts = 5;

/**
 * Starts a server that has to be told a free port, with another one when somebody was faster.
 *
 * @throws what the server says, unless it is that the port is taken.
 */
export async function onFreePort<Server>(
  start: (port: number) => Promise<Server>,
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      const taken = error instanceof Error && /address already in use/i.test(error.message);
      if (!taken || attempt === attempts) throw error;
    }
  }
}
