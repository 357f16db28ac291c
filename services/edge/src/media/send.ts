import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";

import type { FastifyReply } from "fastify";

import type { Sink } from "../origin/connection.ts";
import type { Found } from "./find.ts";

/** The viewer has gone: nobody is to be told anything. */
export class ViewerGone extends Error {
  override readonly name = "ViewerGone";
}

/**
 * Sends an answer. The head goes out with the first byte of the body: until then storage may still fail, and the viewer is
 * told so. After it the connection is broken, so that nobody takes half an object for a whole one.
 *
 * @param headers beside those of the body and those that are set on the reply.
 * @param begun called with the milliseconds until then, when it is media that is sent.
 * @throws ViewerGone, or what the body throws.
 */
export async function sendFound(
  reply: FastifyReply,
  { plan, body }: Pick<Found, "plan" | "body">,
  headers: Readonly<Record<string, string>>,
  begun: (milliseconds: number) => void,
): Promise<void> {
  const answer = reply.raw;
  const write = writerOf(answer);
  const isMedia = reply.request.method === "GET" && (plan.status === 200 || plan.status === 206);
  const begin = () => {
    if (answer.headersSent) return;
    reply.hijack();
    reply.code(plan.status);
    const all = { ...reply.getHeaders(), ...headers, ...body.headers };
    answer.writeHead(plan.status, all as Record<string, string>).flushHeaders();
    if (isMedia) begun(reply.elapsedTime);
  };
  if (reply.request.method === "GET") {
    await body.forward((chunk) => {
      begin();
      return write(chunk);
    });
  }
  begin();
  answer.end();
}

/**
 * Writes behind the head. Straight to the socket, because Node's answer puts each chunk aside until the next turn of the
 * event loop: a chunk that the kernel takes at once, as it mostly does, needs neither a turn nor a promise. (A request that
 * came behind another one on its connection has no socket before its turn.)
 */
function writerOf(answer: ServerResponse): Sink {
  let [given, taken] = [0, 0];
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const written = (error?: Error | null) => {
    taken += 1;
    if (error) waiting?.reject(new ViewerGone("the viewer has gone", { cause: error }));
    else if (taken === given) waiting?.resolve();
  };
  return (chunk) => {
    if (answer.destroyed) throw new ViewerGone("the viewer has gone");
    const to: Writable = answer.socket ?? answer;
    given += 1;
    to.write(chunk, written);
    if (to.writableLength === 0) return undefined;
    return new Promise<void>((resolve, reject) => {
      waiting = { resolve, reject };
    });
  };
}
