import type { FastifyInstance } from "fastify";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

import type { Platform } from "../../platform.ts";
import type { Programs } from "../programs/programs.ts";
import type { Terminal } from "../programs/terminals.ts";
import { consolePath } from "./endpoints.ts";
import { takeTicket } from "./tickets.ts";

/**
 * What a client sends: JSON in text messages. Source: the public code of doctl 1.x, pkg/terminal and commands/apps.go; what it
 * reads back are objects with `data`.
 */
const message = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("stdin"), data: z.string() }),
  z.strictObject({ op: z.literal("resize"), width: z.int().min(1), height: z.int().min(1) }),
]);

/** Close codes of RFC 6455, 7.4.1. Which ones the platform uses is an assumption. */
const codes = { normal: 1000, goneAway: 1001, unsupported: 1003 } as const;

/** Answers the WebSockets of consoles on the API's own port. Ends with the server. */
export function serveConsoles(
  server: FastifyInstance,
  platform: Platform,
  programs: Programs,
): void {
  const sockets = new WebSocketServer({ noServer: true });
  server.server.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const token = url.searchParams.get("token") ?? "";
    const ticket = url.pathname === consolePath ? takeTicket(platform.store, token) : undefined;
    if (!ticket) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const terminal = programs.begin().openTerminal(ticket, {
        onText: (data) => {
          client.send(JSON.stringify({ data }));
        },
        onEnd: (isGone) => {
          client.close(isGone ? codes.goneAway : codes.normal);
        },
      });
      if (terminal) connect(client, terminal, platform);
      else client.close(codes.goneAway);
    });
  });
  server.addHook("preClose", () => {
    for (const client of sockets.clients) client.terminate();
  });
}

function connect(client: WebSocket, terminal: Terminal, { findings }: Platform): void {
  client.on("message", (raw, isBinary) => {
    const parsed = message.safeParse(isBinary ? undefined : jsonOf(raw));
    if (!parsed.success) {
      findings.push(
        "a console was sent a message that it does not know: it takes stdin and resize",
      );
      client.close(codes.unsupported);
    } else if (parsed.data.op === "stdin") terminal.write(parsed.data.data);
    else terminal.resize(parsed.data.width, parsed.data.height);
  });
  client.on("error", () => undefined);
  client.once("close", () => {
    terminal.hangUp();
  });
}

function jsonOf(raw: RawData): unknown {
  try {
    return JSON.parse((raw as Buffer).toString("utf8"));
  } catch {
    return undefined;
  }
}
