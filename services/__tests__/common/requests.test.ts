import assert from "node:assert/strict";
import { Agent, get } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { test } from "node:test";

import { RequestError } from "@mam-services/common/errors";
import { createServer } from "@mam-services/common/requests";
import { type Logger, pino } from "pino";

/** Log lines, as they are written. */
function recorded(): { logger: Logger; lines: () => Record<string, unknown>[] } {
  let written = "";
  const logger = pino(
    { formatters: { level: (label) => ({ level: label }) } },
    {
      write: (line: string) => void (written += line),
    },
  );
  return {
    logger,
    lines: () =>
      written
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test("an error is told with its code, and what is behind a failure only logged, in one line", async () => {
  const { logger, lines } = recorded();
  const server = createServer({ logger });
  server.get("/gone", () => {
    throw new RequestError(404, "no-asset", "There is no such asset.");
  });
  server.get("/broken", () => {
    throw new Error("password=hunter2");
  });
  server.get("/away", () => {
    throw new RequestError(502, "no-storage", "Storage is away.", {
      cause: new Error("ECONNREFUSED"),
    });
  });

  const gone = await server.inject("/gone");
  const broken = await server.inject("/broken");
  const away = await server.inject("/away");

  assert.equal(gone.statusCode, 404);
  assert.deepEqual(gone.json(), {
    error: { code: "no-asset", message: "There is no such asset." },
  });
  assert.equal(broken.statusCode, 500);
  assert.deepEqual(broken.json(), { error: { code: "internal", message: "The service failed." } });
  assert.deepEqual(away.json(), { error: { code: "no-storage", message: "Storage is away." } });
  const failed = lines().filter(({ level }) => level === "error");
  assert.equal(failed.length, 2);
  assert.match(JSON.stringify(failed[1]), /ECONNREFUSED/);
  assert.equal(failed[0]?.route, "/broken");
});

test("an unknown address is 404 in the same form, and no address is in a log line", async () => {
  const { logger, lines } = recorded();
  const answer = await createServer({ logger }).inject("/m/signature?token=secret");

  assert.equal(answer.statusCode, 404);
  assert.equal(answer.json<{ error: { code: string } }>().error.code, "not-found");
  assert.doesNotMatch(JSON.stringify(lines()), /secret|signature/);
});

test("a health check that holds is not logged, and one that fails is", async () => {
  const { logger, lines } = recorded();
  const server = createServer({ logger });
  let status = 200;
  server.get("/api/health", (_request, reply) => reply.code(status).send({}));

  await server.inject("/api/health");
  assert.deepEqual(lines(), []);
  status = 503;
  await server.inject("/api/health");
  assert.equal(lines().length, 1);
});

test(
  "closing ends a stream whole, and not later than the stream, though its connection is kept",
  { timeout: 60_000 },
  async () => {
    const server = createServer({ logger: recorded().logger });
    let finish: () => void = () => undefined;
    server.get("/stream", (_request, reply) => {
      const body = new Readable({ read: () => undefined });
      body.push("begun, ");
      finish = () => {
        body.push("ended");
        body.push(null);
      };
      return reply.send(body);
    });
    await server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });

    const text = await new Promise<string>((resolve, reject) => {
      get({ port, path: "/stream", agent }, (answer) => {
        let body = "";
        answer.on("data", (chunk: Buffer) => {
          body += chunk.toString();
          if (body !== "begun, ") return;
          const closing = server.close();
          finish();
          answer.on(
            "end",
            () =>
              void closing.then(() => {
                resolve(body);
              }, reject),
          );
        });
      }).on("error", reject);
    });

    assert.equal(text, "begun, ended");
    agent.destroy();
  },
);
