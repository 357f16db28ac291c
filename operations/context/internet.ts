import { Resolver } from "node:dns/promises";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";

import type { buildConnector } from "undici";

import type { InternetEndpoints } from "../../stacks/endpoints.ts";
import { packages } from "@mam-infra/clients/packages";
import type { WayOut } from "@mam-infra/clients/proxy/way-out";
import { AbortError, throwIfAborted } from "@mam-infra/clients/abort";

/** How a public address answered. */
export interface WebAnswer {
  readonly status: number;
  /** Where it leads to, for a redirection. */
  readonly location: string | undefined;
}

/** The certificate of a host as a browser sees it. */
export interface SiteCertificate {
  /** Why a browser does not believe it; undefined when it does. */
  readonly distrusted: string | undefined;
  /** The authority that signed it. */
  readonly issuer: string;
  readonly expires: Date;
}

/** Questions about names, as `node:dns` has them. */
export type Names = Pick<
  Resolver,
  "resolve4" | "resolve6" | "resolveCaa" | "resolveCname" | "resolveNs"
>;

/** Where something is reached. */
export interface Place {
  /** An IPv4 address. */
  readonly address: string;
  readonly port: number;
}

/** The internet as a user of the platform sees it: names, certificates, answers. */
export interface Internet {
  readonly dns: Names;
  /** Asks for an address, and follows no redirection. @throws Error when nothing answers. */
  get(address: string): Promise<WebAnswer>;
  /** Asks for an address and reads what it says, up to 64 KiB. @throws Error when nothing answers, or when it says more. */
  read(address: string): Promise<WebAnswer & { readonly body: string }>;
  /** Looks at the certificate of a host, valid or not. @throws Error when there is no TLS at all. */
  certificate(host: string): Promise<SiteCertificate>;
  /**
   * Where a program that connects by itself reaches a host; undefined on the internet, where the host's name is enough.
   *
   * @throws Error when a rehearsal has no such host.
   */
  placeOf(host: string, port: number): Promise<Place | undefined>;
  close(): Promise<void>;
}

/** The longest text that is read of an address: the answers that commands read are a few KiB. */
const longestBody = 64 * 1024;

/** How long to wait for an answer, in milliseconds: what a user would take for an outage. */
const timeoutMilliseconds = 10_000;

interface Way {
  readonly host: string;
  readonly port: number;
}

/**
 * Opens the internet; nothing is asked yet. Names are asked of this machine's resolver, whatever proxy there is: no proxy
 * speaks DNS. Answers and certificates come by the proxy, as they come to a browser.
 *
 * @param substitute what stands in for it in a rehearsal: the same names, certificates and requests, on this machine.
 * @param interruption ends requests, and keeps further names from being asked; `close` ends the questions under way.
 * @param way the way out of this network.
 */
export function openInternet(
  substitute: InternetEndpoints | undefined,
  interruption: AbortSignal,
  way: WayOut,
): Internet {
  const dns = new Resolver({ timeout: timeoutMilliseconds / 4, tries: 2 });
  if (substitute) dns.setServers([substitute.dns]);
  const ca = substitute?.certificateAuthority;
  const wayTo = (protocol: string, host: string): Way => {
    const instead = protocol === "https:" ? substitute?.https : substitute?.http;
    if (instead === undefined) return { host, port: protocol === "https:" ? 443 : 80 };
    const { hostname, port } = new URL(instead);
    return { host: hostname, port: Number(port) };
  };
  const { Agent, request } = packages.undici();
  const agent = new Agent({
    headersTimeout: timeoutMilliseconds,
    bodyTimeout: timeoutMilliseconds,
    connect: connector(wayTo, way, ca),
  });
  const ask = async (address: string) => {
    const options = { dispatcher: agent, signal: interruption };
    const { statusCode, headers, body } = await request(address, options);
    const { location } = headers;
    const answer = {
      status: statusCode,
      location: Array.isArray(location) ? location[0] : location,
    };
    return { answer, body };
  };
  return {
    dns: untilAborted(dns, interruption),
    get: async (address) => {
      const { answer, body } = await ask(address);
      await body.dump();
      return answer;
    },
    read: async (address) => {
      const { answer, body } = await ask(address);
      return { ...answer, body: await textOf(body, address) };
    },
    placeOf: async (host, port) => {
      if (!substitute) return undefined;
      throwIfAborted(interruption, "no name was asked for");
      const [found] = await dns.resolveSrv(`_${port}._tcp.${host}`);
      return found && { address: found.name, port: found.port };
    },
    certificate: async (host) => {
      const to = wayTo("https:", host);
      const socket = await way.tunnel({ protocol: "https:", ...to });
      return certificateAt(socket ? { socket } : to, host, { ca, interruption });
    },
    close: async () => {
      // An interruption closes what was opened: nobody waits for an answer any more.
      dns.cancel();
      const gone = agent.destroy();
      // It waits for connections that are still being made, which are not needed any more.
      if (!interruption.aborted) await gone;
    },
  };
}

async function textOf(body: AsyncIterable<Buffer>, address: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestBody) throw new Error(`${address} says more than ${longestBody} bytes`);
  }
  return Buffer.concat(chunks).toString();
}

/** Questions that nobody asks any more after an interruption: a resolver that was cancelled would wait for the next one. */
function untilAborted(dns: Resolver, interruption: AbortSignal): Names {
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    throwIfAborted(interruption, "no name was asked for");
    return question();
  };
  return {
    resolve4: ((host: string) => ask(() => dns.resolve4(host))) as Names["resolve4"],
    resolve6: ((host: string) => ask(() => dns.resolve6(host))) as Names["resolve6"],
    resolveCaa: (host) => ask(() => dns.resolveCaa(host)),
    resolveCname: (host) => ask(() => dns.resolveCname(host)),
    resolveNs: (host) => ask(() => dns.resolveNs(host)),
  };
}

/** Connects to where a host is to be reached, and goes on speaking to that host. */
function connector(
  wayTo: (protocol: string, host: string) => Way,
  way: WayOut,
  ca: string | undefined,
): buildConnector.connector {
  const connect = way.connector({
    timeout: timeoutMilliseconds,
    ...(ca === undefined ? {} : { ca }),
  });
  return (options, callback) => {
    const { host, port } = wayTo(options.protocol, options.hostname);
    connect(
      { ...options, hostname: host, port: String(port), servername: options.hostname },
      callback,
    );
  };
}

function certificateAt(
  to: Way | { readonly socket: Socket },
  host: string,
  { ca, interruption }: { readonly ca: string | undefined; readonly interruption: AbortSignal },
): Promise<SiteCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...to,
      servername: host,
      // Judged below, so that a certificate that is not believed can be described.
      rejectUnauthorized: false,
      ...(ca === undefined ? {} : { ca }),
    });
    socket.setTimeout(timeoutMilliseconds, () => {
      socket.destroy(
        new Error(`${host} did not answer within ${timeoutMilliseconds / 1000} seconds`),
      );
    });
    const cancel = () => {
      socket.destroy(new AbortError(`the certificate of ${host} was no longer waited for`));
    };
    interruption.addEventListener("abort", cancel, { once: true });
    socket.once("error", reject);
    socket.once("close", () => {
      interruption.removeEventListener("abort", cancel);
    });
    socket.once("secureConnect", () => {
      const { issuer, valid_to } = socket.getPeerCertificate();
      resolve({
        distrusted: socket.authorized ? undefined : String(socket.authorizationError),
        issuer: String(issuer.O ?? issuer.CN),
        expires: new Date(valid_to),
      });
      socket.destroy();
    });
  });
}
