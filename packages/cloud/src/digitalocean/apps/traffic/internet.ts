import { createSecureContext } from "node:tls";

import { fastify } from "fastify";

import { allOrNone } from "../../../all-or-none.ts";
import type { Clock } from "../../../clock.ts";
import { createCertificateAuthority } from "../../../internet/certificate-authority.ts";
import { startNameServer } from "../../../internet/name-server.ts";
import { listenOnLoopback } from "../../../platform-server.ts";
import { resolveDatabase } from "../../databases/servers/resolution.ts";
import { visitorAddress } from "../../databases/servers/addresses.ts";
import { resolveName } from "../../domains/resolution.ts";
import { settle } from "../../settle.ts";
import type { Store } from "../../store.ts";
import { answersFor } from "./ingress.ts";
import { servePrograms, serveTraffic } from "./listener.ts";
import type { ProgramIngress } from "./program-ingress.ts";

/** The way from the internet to the apps: names, certificates, and both ports. */
export interface Internet {
  /** Where plain HTTP is answered: with the same address under HTTPS. */
  readonly http: string;
  /** Where HTTPS is answered, for every host by the server name that the client asks for. */
  readonly https: string;
  /** Certificate that a client has to trust. */
  readonly certificateAuthority: string;
  /** Address and port of a resolver. */
  readonly dns: string;
  close(): Promise<void>;
}

/**
 * A service of the internet that says from which address it is asked
 * (docs.aws.amazon.com/sdkref: checkip.amazonaws.com): a line with the IPv4 address.
 */
const mirrorHost = "checkip.amazonaws.com";

/**
 * Starts everything through which a person reaches an app, and a database.
 *
 * @param databases where the clusters' public hosts are; default: nowhere.
 */
export async function startInternet(
  store: Store,
  clock: Clock,
  ingress: ProgramIngress | undefined,
  databases: () => Readonly<Record<string, string>> = () => ({}),
): Promise<Internet> {
  const authority = await createCertificateAuthority("Rehearsal certificate authority");
  const present = () => {
    settle(store, clock.now());
    return store;
  };
  const secure = fastify({
    forceCloseConnections: true,
    https: {
      SNICallback: (host, done) => {
        const expires = certificateExpiry(present(), host);
        // Without a certificate for the host the handshake fails, as it does on the platform.
        if (!expires) done(new Error(`no certificate for ${host}`));
        else
          authority.issue(host, expires).then((issued) => {
            done(null, createSecureContext(issued));
          }, done);
      },
    },
  });
  secure.addHook("onRequest", async (request, reply) => {
    if (request.host.split(":")[0] === mirrorHost) await reply.send(`${visitorAddress}\n`);
  });
  if (ingress) servePrograms(secure, ingress);
  serveTraffic(secure, store, clock);
  const plain = fastify({ forceCloseConnections: true });
  plain.all("/*", (request, reply) => reply.redirect(`https://${request.host}${request.url}`, 301));
  const running = await allOrNone([
    listenOnLoopback(secure),
    listenOnLoopback(plain),
    startNameServer(
      (name, type) =>
        resolveDatabase(databases(), name, type) ?? resolveName(present(), name, type),
    ),
  ]);
  const [https, http, names] = running;
  return {
    http: http.url,
    https: https.url,
    certificateAuthority: authority.certificate,
    dns: names.address,
    close: async () => {
      await Promise.all(running.map((one) => one.close()));
    },
  };
}

const certificateDays = 90;

/** When the certificate of a host expires; undefined for a host that nothing answers for. */
function certificateExpiry({ apps }: Store, host: string): Date | undefined {
  if (host === mirrorHost) return new Date(Date.now() + certificateDays * 86_400_000);
  const app = apps.find((one) => answersFor(one, host));
  if (!app) return undefined;
  const own = app.domains.find(({ spec }) => spec.domain === host)?.certificate_expires_at;
  return new Date(own ?? Date.now() + certificateDays * 86_400_000);
}
