import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { messageOf } from "@mam-infra/clients/message";

import { NotConfigured } from "../../context/credentials.ts";
import { paceOf } from "../../context/platform-time.ts";
import type { Session } from "../../context/session.ts";
import { BoardReader } from "../read/board-reader.ts";
import { bundleAssets } from "./assets.ts";
import { document, icon } from "./document.ts";
import { askedFor } from "./guard.ts";

/** How the page is served. */
export interface PageOptions {
  /** Port of 127.0.0.1; default: a free one. */
  readonly port?: number;
  /** As of `ReadingTime`; default: 1, and less in a rehearsal. */
  readonly pace?: number;
}

/** A page that is served. */
export interface OpenPage {
  /** Its address, with the key that lets a browser in. */
  readonly url: string;
  /** An address that leads there once: what stands in a list of processes is of no use to who reads it. */
  readonly ticket: string;
  close(): Promise<void>;
}

const headers = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A file of the page: its type, and what it says now. */
type File = readonly [type: string, text: () => string];

/**
 * Serves the page of an environment on loopback. The browser asks again and again instead of being told as things change: so
 * a page that is hidden or closed asks for nothing, and a command that has ended is noticed. The session's token stays in this process: the browser gets what was read
 * with it. While no browser asks, nothing is read.
 *
 * @throws NotConfigured for a port that is taken or may not be had.
 */
export async function servePage(session: Session, options: PageOptions = {}): Promise<OpenPage> {
  const reader = new BoardReader(session, { pace: options.pace ?? paceOf(session.endpoints) });
  const { script, style } = await bundleAssets();
  const files: Readonly<Record<string, File>> = {
    "": ["text/html; charset=utf-8", () => document],
    "page.js": ["text/javascript; charset=utf-8", () => script],
    "page.css": ["text/css; charset=utf-8", () => style],
    "icon.svg": ["image/svg+xml", () => icon],
    "board.json": ["application/json", () => JSON.stringify(reader.board)],
    "charts.json": ["application/json", () => JSON.stringify(reader.charts)],
  };
  const key = randomBytes(16).toString("hex");
  const tickets = new Set([randomBytes(16).toString("hex")]);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const ticket = /^\/open\/(\w+)$/.exec(request.url ?? "")?.[1] ?? "";
    if (tickets.delete(ticket)) {
      redirect(response, `/${key}/`);
      return;
    }
    const asked = askedFor(request, { port, key });
    const file = asked === undefined ? undefined : files[asked];
    if (asked?.endsWith(".json")) void reader.refresh();
    answer(request, response, file);
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  return {
    url: `${base}/${key}/`,
    ticket: `${base}/open/${[...tickets].join("")}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    throw new NotConfigured(
      `--port ${port}: ${messageOf(error)}; without --port a free one is taken`,
    );
  }
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { ...headers, location }).end();
}

function answer(request: IncomingMessage, response: ServerResponse, file: File | undefined): void {
  if (!file) {
    response
      .writeHead(404, { ...headers, "content-type": "text/plain; charset=utf-8" })
      .end("Nothing here. The address of the page is in the terminal in which it was opened.\n");
    return;
  }
  const [type, text] = file;
  const body = text();
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const isKnown = request.headers["if-none-match"] === etag;
  response.writeHead(isKnown ? 304 : 200, { ...headers, "content-type": type, etag });
  response.end(isKnown || request.method === "HEAD" ? undefined : body);
}
