import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

import { deck, mixture, startLoad } from "../../../../rehearsal/platform/people/load.ts";

test("of a hundred requests as many are of each kind as the mixture says, spread evenly", () => {
  const kinds = deck();
  const places = kinds.flatMap((kind, place) => (kind === "upload" ? [place] : []));

  expect(kinds).toHaveLength(100);
  for (const [kind, count] of Object.entries(mixture)) {
    expect(kinds.filter((one) => one === kind)).toHaveLength(count);
  }
  expect(places.map((place) => Math.floor(place / 34))).toEqual([0, 1, 2]);
});

describe("people who work", () => {
  let server: Server;
  let base: string;
  let status: number;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${String(request.method)} ${String(request.url)}`);
      response.statusCode = status;
      response.end(JSON.stringify({ accessToken: "a", expiresIn: 900, items: [] }));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    base = `http://mam.example.localhost:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    status = 200;
    asked.splice(0);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const place = () => ({ app: base, email: "editor@example.com", password: "secret" });
  const untilAsked = async (count: number) => {
    while (asked.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  test("sign in once each, and go on until they are told to end", async () => {
    const load = startLoad(place(), "asset", 2);
    await untilAsked(10);
    await load.end();
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(asked).toHaveLength(before);
    expect(asked.filter((one) => one === "POST /api/session")).toHaveLength(2);
    expect(load.ledger.refused()).toEqual([]);
  });

  test("go on when they are refused, and each refusal is kept", async () => {
    status = 503;
    const load = startLoad(place(), "asset", 1);
    await untilAsked(3);
    await load.end();

    expect(load.ledger.refused().join()).toMatch(/^signing in: 503, /);
    expect(load.ledger.sent).toBeGreaterThanOrEqual(3);
  });
});
