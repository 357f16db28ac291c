import { request } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

import type { UptimeLook } from "./watch.ts";

/** How checks come to the apps of the account: as from the internet, by names, certificates and the router. */
export interface WayIn {
  /** Where HTTPS is answered for every host. */
  readonly https: string;
  /** Certificate that whoever asks has to trust. */
  readonly certificateAuthority: string;
}

/** Seconds that a target has for its answer; assumed. */
const patienceSeconds = 10;

/** Checks come from elsewhere than people do, so that limits for each address are not shared with them. */
const ownAddress = process.platform === "linux" ? { localAddress: "127.0.2.1" } : {};

const day = 24 * 60 * 60 * 1000;

/**
 * Asks a target as a check does: it follows no redirection, and is up when the answer is 200 to 399. It is never rejected.
 *
 * @param at the virtual time, in milliseconds since the epoch.
 */
export function askTarget(way: WayIn, target: string, at: number): Promise<UptimeLook> {
  const { hostname: host, pathname, search } = new URL(target);
  const began = performance.now();
  const down = (seen: string): UptimeLook => ({ at, isUp: false, seen });
  return new Promise((resolve) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: new URL(way.https).port,
        servername: host,
        ca: way.certificateAuthority,
        headers: { host, "user-agent": "DigitalOcean Uptime (played)" },
        path: `${pathname}${search}`,
        agent: false,
        ...ownAddress,
      },
      (answer) => {
        const { statusCode = 0, socket } = answer;
        answer.resume();
        resolve({
          at,
          isUp: statusCode >= 200 && statusCode < 400,
          milliseconds: performance.now() - began,
          ...daysLeft(socket),
          seen: `status ${statusCode}`,
        });
        asked.destroy();
      },
    );
    const late = new Error(`no answer within ${patienceSeconds} seconds`);
    const timer = setTimeout(() => asked.destroy(late), patienceSeconds * 1000);
    asked.once("close", () => {
      clearTimeout(timer);
      resolve(down("no answer"));
    });
    asked.on("error", ({ message }) => {
      resolve(down(message));
    });
    asked.end();
  });
}

function daysLeft(socket: Socket): { readonly certificateDays?: number } {
  if (!(socket instanceof TLSSocket)) return {};
  return { certificateDays: (Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / day };
}
