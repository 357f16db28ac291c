import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { probe } from "../../src/programs/probe.ts";

let server: Server;
let port: number;
beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url !== "/never") response.writeHead(Number(request.url?.slice(1))).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** Longer than an answer takes on any machine. */
const patient = 60_000;

test.each([
  ["/200", { outcome: "passed" }],
  ["/302", { outcome: "passed" }],
  ["/404", { outcome: "failed", reason: "status 404" }],
  ["/503", { outcome: "failed", reason: "status 503" }],
])("%s is %j", async (path, result) => {
  expect(await probe({ port, path, timeoutMilliseconds: patient })).toEqual(result);
});

test("what does not answer in time has failed", async () => {
  expect(await probe({ port, path: "/never", timeoutMilliseconds: 100 })).toEqual({
    outcome: "failed",
    reason: "no answer within 0.1 seconds",
  });
});

test("without a path an open port passes, whatever it says", async () => {
  expect(await probe({ port, timeoutMilliseconds: patient })).toEqual({ outcome: "passed" });
});

test("a port on which nothing listens is refused, with and without a path", async () => {
  server.close();
  await once(server, "close");
  for (const path of [{}, { path: "/200" }]) {
    expect(await probe({ port, ...path, timeoutMilliseconds: patient })).toEqual({
      outcome: "refused",
    });
  }
});
