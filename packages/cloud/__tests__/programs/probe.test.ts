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

test.each([
  ["/200", "passed"],
  ["/302", "passed"],
  ["/404", "failed"],
  ["/503", "failed"],
  ["/never", "failed"],
])("%s is %s", async (path, outcome) => {
  expect(await probe({ port, path, timeoutMilliseconds: 100 })).toMatchObject({ outcome });
});

test("without a path an open port passes, whatever it says", async () => {
  expect(await probe({ port, timeoutMilliseconds: 500 })).toEqual({ outcome: "passed" });
});

test("a port on which nothing listens is refused, with and without a path", async () => {
  server.close();
  await once(server, "close");
  for (const path of [{}, { path: "/200" }]) {
    expect(await probe({ port, ...path, timeoutMilliseconds: 500 })).toEqual({
      outcome: "refused",
    });
  }
});
