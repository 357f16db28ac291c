import { Resolver } from "node:dns/promises";

import { type DnsAnswer, responseCodes } from "../../src/internet/dns-answer.ts";
import { type NameServer, startNameServer } from "../../src/internet/name-server.ts";

const { answered, noSuchName, serverFailure } = responseCodes;
const name = "northlight.example";

function answerTo(asked: string, type: string | undefined): DnsAnswer {
  if (asked === "broken.example") return { code: serverFailure, records: [] };
  if (asked === "alias.example") {
    return { code: answered, records: [{ name: asked, type: "CNAME", data: "a.b.example" }] };
  }
  if (asked !== name) return { code: noSuchName, records: [] };
  if (type === "A") return { code: answered, records: [{ name, type, data: "203.0.113.7" }] };
  if (type === "NS") {
    const records = ["ns1", "ns2"].map((one) => ({ name, type, data: `${one}.example` }) as const);
    return { code: answered, records };
  }
  if (type !== "CAA") return { code: answered, records: [] };
  return {
    code: answered,
    records: [{ name, type, flags: 0, tag: "issue", data: "letsencrypt.org" }],
  };
}

let server: NameServer;
// The server answers in this process, which may be busy for longer than a resolver usually waits.
const resolver = new Resolver({ timeout: 60_000, tries: 1 });
beforeAll(async () => {
  server = await startNameServer(answerTo);
  resolver.setServers([server.address]);
});
afterAll(() => server.close());

test("node:dns understands every kind of answer", async () => {
  expect(await resolver.resolve4("NORTHLIGHT.example")).toEqual(["203.0.113.7"]);
  expect(await resolver.resolveNs(name)).toEqual(["ns1.example", "ns2.example"]);
  expect(await resolver.resolveCname("alias.example")).toEqual(["a.b.example"]);
  expect(await resolver.resolveCaa(name)).toEqual([
    expect.objectContaining({ critical: 0, issue: "letsencrypt.org" }),
  ]);
});

test.each([
  ["a name that does not exist", "other.example", "ENOTFOUND"],
  ["servers that do not answer for the zone", "broken.example", "ESERVFAIL"],
])("%s is told apart: %s", async (_, asked, code) => {
  await expect(resolver.resolveNs(asked)).rejects.toMatchObject({ code });
});

test("a name without a record of the type is not a missing name", async () => {
  await expect(resolver.resolveMx(name)).rejects.toMatchObject({ code: "ENODATA" });
});
