import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

import { Browser } from "../../../../rehearsal/platform/people/browser.ts";
import { Ledger } from "../../../../rehearsal/platform/people/ledger.ts";

let server: Server;
let base = "";
const received: { cookie: string | undefined; from: string | undefined; bytes: number }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let bytes = 0;
    const note = () => {
      const { cookie } = request.headers;
      received.push({ cookie, from: request.socket.remoteAddress, bytes });
    };
    request.on("data", (chunk: Buffer) => (bytes += chunk.length));
    request.on("close", note);
    request.on("end", () => {
      response.setHeader("set-cookie", "session=1; HttpOnly");
      response.statusCode = request.url === "/refused" ? 503 : 200;
      response.end("the end");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://mam.example.localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test("reaches names below localhost, and keeps cookies", async () => {
  const ledger = new Ledger();
  const browser = new Browser(ledger, 7);
  const answer = await browser.ask({ what: "a page", url: `${base}/` });
  await browser.ask({ what: "a page", url: `${base}/` });
  await browser.close();

  expect(answer.status).toBe(200);
  expect(received.at(-1)?.cookie).toBe("session=1");
  expect(ledger.refused()).toEqual([]);
});

test("an answer that is not right is a refusal, and so is none", async () => {
  const ledger = new Ledger();
  const browser = new Browser(ledger, 7);
  await browser.ask({ what: "a page", url: `${base}/refused` });
  await browser.ask({ what: "a page", url: "http://mam.example.localhost:1/" });
  await browser.close();

  expect(ledger.refused()).toEqual([
    expect.stringMatching(/^a page: 503, the end/),
    expect.stringMatching(/^a page: no answer, .*ECONNREFUSED/),
  ]);
});

const testOnLinux = process.platform === "linux" ? test : test.skip;

testOnLinux("people have addresses of their own", async () => {
  const addresses = [];
  for (const person of [7, 8]) {
    const browser = new Browser(new Ledger(), person);
    await browser.ask({ what: "a page", url: `${base}/` });
    addresses.push(received.at(-1)?.from);
    await browser.close();
  }

  expect(addresses).toEqual(["127.0.1.7", "127.0.1.8"]);
});

test("a network that is cut ends a request in the middle of its body, which is no refusal", async () => {
  const ledger = new Ledger();
  const browser = new Browser(ledger, 7);
  const before = received.length;
  const body = Buffer.alloc(1000);
  const answer = await browser.ask({
    what: "a part",
    url: base,
    method: "PUT",
    body,
    cutAfter: 400,
  });
  while (received.length === before) await new Promise(setImmediate);
  await browser.close();

  expect(answer.status).toBe(0);
  expect(received.at(-1)?.bytes).toBe(400);
  expect(ledger.sent).toBe(1);
  expect(ledger.refused()).toEqual([]);
});
