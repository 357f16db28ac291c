import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import type { FastifyInstance } from "fastify";
import helmet from "helmet";

/**
 * What every answer tells a browser: helmet's own set, and that no answer is a page.
 *
 * Asked of helmet once. By its plugin (13.2.0) it reads its settings and makes the policy anew for each request, a tenth of the
 * processor's time of a list (`npm run bench:platform -- api`).
 */
export function secureHeaders(server: FastifyInstance): void {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  const policy = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };
  const secure = helmet({ contentSecurityPolicy: { useDefaults: false, directives: policy } });
  secure(answer.req, answer, () => undefined);
  // Answers carry links and tokens: they are for one person, once.
  const headers = { ...answer.getHeaders(), "cache-control": "no-store" };
  server.addHook("onRequest", (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
}
