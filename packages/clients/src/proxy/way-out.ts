import { Agent, type AgentOptions } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

import type { buildConnector } from "undici";

import { packages } from "../packages.ts";
import { type Destination, hasProxy, proxyFor } from "./rules.ts";
import { openTunnel } from "./tunnel.ts";

/** The way out of this machine's network: directly, or by the proxies that the environment variables name. */
export interface WayOut {
  /** A way through a proxy to a destination; undefined where none is needed. */
  tunnel(destination: Destination): Promise<Socket> | undefined;
  /** Connects undici's clients. */
  connector(options: buildConnector.BuildOptions): buildConnector.connector;
  /** Connects the clients of the AWS SDK; undefined where nothing goes by a proxy. */
  agent(): Agent | undefined;
}

/** The way out that environment variables name. */
export function wayOutOf(variables: Readonly<Record<string, string | undefined>>): WayOut {
  const tunnel: WayOut["tunnel"] = (destination) => {
    const proxy = proxyFor(destination, variables);
    return proxy && openTunnel(proxy, destination.host, destination.port);
  };
  return {
    tunnel,
    connector: (options) => connectorBy(tunnel, options),
    agent: () => (hasProxy(variables) ? new TunnelAgent(tunnel) : undefined),
  };
}

function connectorBy(
  tunnel: WayOut["tunnel"],
  options: buildConnector.BuildOptions,
): buildConnector.connector {
  const connect = packages.undici().buildConnector(options);
  return (to, callback) => {
    const { protocol, hostname: host } = to;
    const port = Number(to.port) || defaultPort(protocol);
    const opening = tunnel({ protocol, host, port });
    if (!opening) {
      connect(to, callback);
      return;
    }
    opening.then(
      (socket) => {
        if (protocol === "https:") connect({ ...to, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), null);
      },
    );
  };
}

function defaultPort(protocol: string): number {
  return protocol === "https:" ? 443 : 80;
}

/** Connects by HTTPS, each host by its own way. */
class TunnelAgent extends Agent {
  readonly #tunnel: WayOut["tunnel"];

  constructor(tunnel: WayOut["tunnel"]) {
    // As many connections, and as long, as the SDK's own agent has (@smithy/node-http-handler 4).
    super({ keepAlive: true, maxSockets: 50 });
    this.#tunnel = tunnel;
  }

  override createConnection(
    options: AgentOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const { host = "", port = 443, servername = host } = options;
    const opening = this.#tunnel({ protocol: "https:", host, port });
    if (!opening) return super.createConnection(options, callback);
    opening.then(
      (socket) => callback?.(null, connectTls({ ...options, socket, servername })),
      (error: unknown) => {
        (callback as ((error: unknown) => void) | undefined)?.(error);
      },
    );
    return undefined;
  }
}
