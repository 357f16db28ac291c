import type { IncomingMessage } from "node:http";

/** Where the page is served. */
export interface Place {
  readonly port: number;
  /** What only those know who were given the page's address. */
  readonly key: string;
}

/** Names of this machine by which a browser asks for the page. Any other one was made to lead here. */
const ownNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * What a request asks for, below the page's key; undefined for one that is not to be answered. Another site can neither
 * know the key, nor lead its own name here (the Host header), nor have a browser read data for it (Sec-Fetch-Site).
 */
export function askedFor(
  { method, url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  { port, key }: Place,
): string | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  if (!ownNames.some((name) => headers.host === `${name}:${port}`)) return undefined;
  const { pathname } = new URL(url, "http://page");
  if (!pathname.startsWith(`/${key}/`)) return undefined;
  const asked = pathname.slice(key.length + 2);
  const site = headers["sec-fetch-site"] ?? "none";
  // A link from another page leads to the page itself, and to nothing else.
  return asked === "" || site === "same-origin" || site === "none" ? asked : undefined;
}
