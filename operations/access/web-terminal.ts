import type { WebSocket } from "undici";
import { z } from "zod";

import type { Session } from "../context/session.ts";
import { packages } from "@mam-infra/clients/packages";

/** How a connection ended. */
export interface Closed {
  /** Close code of RFC 6455, 7.4.1. */
  readonly code: number;
}

/** A terminal far away. */
export interface WebTerminal {
  /** Types something. */
  type(text: string): void;
  /** Says how large the terminal here is, in characters. */
  resize(width: number, height: number): void;
  readonly hangUp: () => void;
  readonly closed: Promise<Closed>;
}

/** What the platform sends. Source: the public code of doctl 1.x, commands/apps.go and pkg/listen. */
const message = z.looseObject({ data: z.string() });

/**
 * Connects to a console of App Platform, by the way out of this network.
 *
 * @param show is given what it prints.
 * @throws Error when there is no connection; it does not say the address, which is a secret.
 */
export async function openWebTerminal(
  { clients }: Session,
  address: string,
  show: (text: string) => void,
): Promise<WebTerminal> {
  const { WebSocket } = packages.undici();
  const socket = new WebSocket(address, { dispatcher: clients.web() });
  const closed = new Promise<Closed>((resolve) => {
    socket.addEventListener("close", ({ code }) => {
      resolve({ code });
    });
  });
  socket.addEventListener("message", ({ data }) => {
    show(message.parse(JSON.parse(String(data))).data);
  });
  await opened(socket, closed);
  const send = (body: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(body));
  };
  return {
    type: (data) => {
      send({ op: "stdin", data });
    },
    resize: (width, height) => {
      send({ op: "resize", width, height });
    },
    hangUp: () => {
      socket.close();
    },
    closed,
  };
}

function opened(socket: WebSocket, closed: Promise<Closed>): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => {
      resolve();
    });
    // Listened to, because nobody may be killed by an error; the close that follows tells.
    socket.addEventListener("error", () => undefined);
    void closed.then(({ code }) => {
      reject(
        new Error(
          `the console was not opened: the connection was closed with ${code}\n  fix: the same line again; mam status <environment> says whether the component runs`,
        ),
      );
    });
  });
}
