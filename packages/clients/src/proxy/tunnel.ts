import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";

/** How long a proxy may take to open a way, in milliseconds. */
const timeoutMilliseconds = 30_000;

/**
 * Opens a way through a proxy, by CONNECT (RFC 9110, 9.3.6): what is sent there arrives at the host.
 *
 * @throws Error naming the proxy, without its password, when it refuses or does not answer.
 */
export async function openTunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const request = (proxy.protocol === "https:" ? requestHttps : requestHttp)({
    host: proxy.hostname.replace(/^\[|\]$/g, ""),
    port: proxy.port === "" ? undefined : Number(proxy.port),
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    agent: false,
    timeout: timeoutMilliseconds,
  });
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => {
      reject(new Error(`the proxy ${proxy.host} does not open a way to ${authority}: ${why}`));
    };
    request.once("timeout", () => request.destroy(new Error("no answer")));
    request.once("error", ({ message }) => {
      refuse(message);
    });
    request.once("response", ({ statusCode }) => {
      refuse(String(statusCode));
    });
    request.once("connect", ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode === 200) {
        socket.setTimeout(0);
        resolve(socket);
        return;
      }
      socket.destroy();
      refuse(String(statusCode));
    });
    request.end();
  });
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "") return {};
  const credentials = [username, password].map(decodeURIComponent).join(":");
  return {
    "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}`,
  };
}
