import { anAccount, anApp, aSpec, pick, textAt, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
  await account.post("/v2/domains", { name: "example.com" });
});

const domain = { domain: "mam.example.com", type: "PRIMARY", zone: "example.com" };
const phaseOf = async (path: string) => pick((await account.get(path)).body, "app.domains.0.phase");
const records = async (zone = "example.com") => {
  const reply = await account.get(`/v2/domains/${zone}`);
  return textAt(reply, "domain.zone_file");
};

test("a domain goes PENDING, CONFIGURING, ACTIVE, and is the app's address then", async () => {
  const { path } = await anApp(account, aSpec({ domains: [domain] }), 0);
  const phases: unknown[] = [];
  for (let second = 0; second < 600; second += 10) {
    const phase = await phaseOf(path);
    if (phases.at(-1) !== phase) phases.push(phase);
    await account.pass(10);
  }
  expect(phases).toEqual(["PENDING", "CONFIGURING", "ACTIVE"]);
  const app = await account.get(path);
  expect(pick(app.body, "app.live_url")).toBe("https://mam.example.com");
  expect(pick(app.body, "app.domains.0.certificate_expires_at")).toMatch(/^2027-02/);
});

test("until its domain is active, an app lives at the platform's own address", async () => {
  const { path } = await anApp(account, aSpec({ domains: [domain] }), 0);
  const app = await account.get(path);
  expect(pick(app.body, "app.live_url")).toBe(pick(app.body, "app.default_ingress"));
});

test("the platform makes the record in a zone of the account and takes it away again", async () => {
  const { path } = await anApp(account, aSpec({ domains: [domain] }));
  expect(await records()).toMatch(/mam\.example\.com\. 1800 IN CNAME mam-.*\.ondigitalocean\.app/);

  await account.put(path, { spec: aSpec() });
  expect(await records()).not.toContain("mam.example.com");
});

test("records that somebody deletes do not come back with the next deployment", async () => {
  const { path } = await anApp(account, aSpec({ domains: [domain] }));
  await account.call("DELETE", "/v2/domains/example.com");
  await account.post("/v2/domains", { name: "example.com" });
  await account.post(`${path}/deployments`);
  await account.pass(1200);

  expect(await phaseOf(path)).toBe("ACTIVE");
  expect(await records()).not.toContain("mam.example.com");
});

test("deleting an app takes its records away", async () => {
  const { path } = await anApp(account, aSpec({ domains: [domain] }));
  await account.call("DELETE", path);
  expect(await records()).not.toContain("mam.example.com");
});

test("the apex of a zone gets addresses instead of a CNAME", async () => {
  const { path } = await anApp(
    account,
    aSpec({ domains: [{ domain: "example.com", zone: "example.com" }] }),
  );
  expect(await phaseOf(path)).toBe("ACTIVE");
  expect(await records()).toContain("example.com. 1800 IN A 162.159.140.98");
});

test("another record for the host is an error, until it is removed", async () => {
  const record = await account.post("/v2/domains/example.com/records", {
    type: "A",
    name: "mam",
    data: "198.51.100.1",
  });
  const { path } = await anApp(account, aSpec({ domains: [domain] }));
  expect(await phaseOf(path)).toBe("ERROR");

  const id = String(pick(record.body, "domain_record.id"));
  await account.call("DELETE", `/v2/domains/example.com/records/${id}`);
  await account.pass(600);
  expect(await phaseOf(path)).toBe("ACTIVE");
});

test("a zone that the account does not manage is an error", async () => {
  const other = { ...domain, domain: "mam.example.org", zone: "example.org" };
  const { path } = await anApp(account, aSpec({ domains: [other] }));
  expect(await phaseOf(path)).toBe("ERROR");
});

test("CAA records that leave out an authority are an error", async () => {
  await account.post("/v2/domains/example.com/records", {
    type: "CAA",
    name: "@",
    data: "letsencrypt.org.",
    tag: "issue",
    flags: 0,
  });
  const { path } = await anApp(account, aSpec({ domains: [domain] }));
  expect(await phaseOf(path)).toBe("ERROR");

  await account.post("/v2/domains/example.com/records", {
    type: "CAA",
    name: "@",
    data: "pki.goog.",
    tag: "issue",
    flags: 0,
  });
  await account.pass(600);
  expect(await phaseOf(path)).toBe("ACTIVE");
});

test("a domain in somebody else's DNS waits for its CNAME", async () => {
  const { path } = await anApp(account, aSpec({ domains: [{ domain: "mam.example.org" }] }));
  expect(await phaseOf(path)).toBe("CONFIGURING");

  const { host } = new URL(textAt(await account.get(path), "app.default_ingress"));
  account.cloud.store.externalRecords["mam.example.org"] = host;
  await account.pass(600);
  expect(await phaseOf(path)).toBe("ACTIVE");
});
