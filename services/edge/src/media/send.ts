import type { FastifyReply } from "fastify";

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
 * @throws ViewerGone, or what the body throws.
 */
export async function sendFound(
  reply: FastifyReply,
  { plan, body }: Pick<Found, "plan" | "body">,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = reply.raw;
  const begin = () => {
    if (answer.headersSent) return;
    reply.hijack();
    reply.code(plan.status);
    answer.writeHead(plan.status, { ...reply.getHeaders(), ...headers, ...body.headers } as Record<
      string,
      string
    >);
  };
  if (reply.request.method === "GET") {
    await body.forward((chunk) => {
      begin();
      return new Promise((resolve, reject) => {
        answer.write(chunk, (error) => {
          if (error) reject(new ViewerGone("the viewer has gone", { cause: error }));
          else resolve();
        });
      });
    });
  }
  begin();
  answer.end();
}
