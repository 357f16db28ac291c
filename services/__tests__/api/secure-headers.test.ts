import assert from "node:assert/strict";
import { test } from "node:test";

import { fastify } from "fastify";
import helmet from "helmet";

import { secureHeaders } from "../../api/src/http/secure-headers.ts";

/** What helmet sets where it is asked for every answer, by the middleware that it is. */
async function byHelmet() {
  const server = fastify();
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  server.addHook("onRequest", (request, reply, done) => {
    secure(request.raw, reply.raw, () => {
      done();
    });
  });
  server.get("/", () => "");
  return (await server.inject("/")).headers;
}

test("every answer has helmet's headers, and is kept by nobody", async () => {
  const server = fastify();
  secureHeaders(server);
  server.get("/", () => "");
  server.get("/fails", () => {
    throw new Error("no");
  });
  const expected = Object.entries(await byHelmet()).filter(([name]) =>
    /^(?:x-|cross|content-sec|strict|origin-agent|referrer)/.test(name),
  );

  assert.equal(expected.length, 12);
  for (const path of ["/", "/fails", "/none", "/"]) {
    const { headers } = await server.inject(path);
    for (const [name, value] of expected) assert.equal(headers[name], value, `${path} ${name}`);
    assert.equal(headers["cache-control"], "no-store");
  }
});
