import { Resolver } from "node:dns/promises";

import { nameServers } from "../../../src/digitalocean/domains/resolution.ts";
import { type TestAccount, aSpec, anAccount, anApp, textAt, closeAccounts } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
// The server answers in this process, which may be busy for longer than a resolver usually waits.
const resolver = new Resolver({ timeout: 60_000, tries: 1 });
beforeEach(async () => {
  account = await anAccount({
    delegations: {
      "northlight.example": nameServers,
      "elsewhere.example": ["ns1.other.example"],
    },
    externalRecords: { "mam.elsewhere.example": "somewhere.example" },
    externalAddresses: { "elsewhere.example": ["203.0.113.9"] },
    externalAuthorities: { "elsewhere.example": ["letsencrypt.org"] },
  });
  resolver.setServers([account.cloud.internet.dns]);
});

test("a zone that the account does not have is a failure of the servers it is delegated to", async () => {
  const questions = [
    resolver.resolveNs("northlight.example"),
    resolver.resolveCaa("northlight.example"),
  ];
  const answers = await Promise.allSettled(questions);

  expect(answers).toMatchObject([
    { reason: { code: "ESERVFAIL" } },
    { reason: { code: "ESERVFAIL" } },
  ]);
});

test("a zone of the account is answered for once it is delegated", async () => {
  await account.post("/v2/domains", { name: "northlight.example", ip_address: "203.0.113.7" });
  await account.post("/v2/domains", { name: "undelegated.example", ip_address: "203.0.113.7" });

  expect(await resolver.resolveNs("northlight.example")).toEqual(nameServers);
  expect(await resolver.resolve4("northlight.example")).toEqual(["203.0.113.7"]);
  await expect(resolver.resolve4("undelegated.example")).rejects.toMatchObject({
    code: "ENOTFOUND",
  });
  await expect(resolver.resolve4("missing.northlight.example")).rejects.toMatchObject({
    code: "ENOTFOUND",
  });
});

test("names in somebody else's DNS are what the seed says", async () => {
  expect(await resolver.resolveNs("elsewhere.example")).toEqual(["ns1.other.example"]);
  expect(await resolver.resolveCname("mam.elsewhere.example")).toEqual(["somewhere.example"]);
  expect(await resolver.resolve4("elsewhere.example")).toEqual(["203.0.113.9"]);
  expect(await resolver.resolveCaa("elsewhere.example")).toMatchObject([
    { issue: "letsencrypt.org" },
  ]);
});

test("an app's own host leads to the platform's ingress", async () => {
  const { path } = await anApp(account, aSpec());
  const { host } = new URL(textAt(await account.get(path), "app.default_ingress"));

  expect(await resolver.resolve4(host)).toEqual(["162.159.140.98"]);
});
