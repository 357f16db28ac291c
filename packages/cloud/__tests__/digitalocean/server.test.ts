import { anAccount, messageOf, textAt, closeAccounts } from "./support.ts";
import type { TestAccount } from "./support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

test("API and traffic listen on loopback only", () => {
  expect(account.cloud.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(account.cloud.trafficUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("an unknown token is answered 401 in the vendor's shape", async () => {
  const reply = await account.call("GET", "/v2/account", undefined, "stranger");

  expect(reply.status).toBe(401);
  expect(reply.body).toEqual({
    id: "unauthorized",
    message: "Unable to authenticate you.",
    request_id: textAt(reply, "request_id"),
  });
});

test("a token that only reads cannot write: 403 with the scope that is missing", async () => {
  const read = await account.call("GET", "/v2/vpcs", undefined, "reader");
  const write = await account.call("POST", "/v2/vpcs", { name: "x", region: "nyc1" }, "reader");

  expect([read.status, write.status]).toEqual([200, 403]);
  expect(messageOf(write)).toContain("vpc:create");
});

test("a token can be limited to named scopes", async () => {
  const limited = await anAccount({ tokens: [{ value: "full", scopes: ["account:read"] }] });
  expect((await limited.get("/v2/account")).status).toBe(200);
  expect((await limited.get("/v2/vpcs")).status).toBe(403);
});

test("every answer carries a request id and the rate limit", async () => {
  const first = await account.get("/v2/account");
  const second = await account.get("/v2/account");

  expect(first.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(first.headers.get("ratelimit-limit")).toBe("5000");
  expect(second.headers.get("ratelimit-remaining")).toBe("4998");
  expect(Number(second.headers.get("ratelimit-reset"))).toBeGreaterThan(1_000_000_000);
});

test("the 251st request of a minute is answered 429 with Retry-After, the next minute works", async () => {
  await Promise.all(Array.from({ length: 250 }, () => account.get("/v2/account")));

  const limited = await account.get("/v2/account");
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(limited.body).toMatchObject({ id: "too_many_requests" });

  await account.pass(61);
  expect((await account.get("/v2/account")).status).toBe(200);
});

test("a call that is not played is answered 501 by name and is a finding", async () => {
  const reply = await account.get("/v2/load_balancers?page=1");

  expect(reply.status).toBe(501);
  expect(messageOf(reply)).toContain("GET /v2/load_balancers");
  expect(account.cloud.findings()).toHaveLength(1);
  expect(account.cloud.findings()[0]).toContain("GET /v2/load_balancers");
});

test("an unknown field is refused by name and is a finding", async () => {
  const reply = await account.post("/v2/vpcs", { name: "x", region: "nyc1", colour: "red" });

  expect(reply.status).toBe(422);
  expect(messageOf(reply)).toContain('unknown field "colour"');
  expect(account.cloud.findings()).toEqual(['POST /v2/vpcs: unknown field "colour" in the body']);
});

test("an unknown query parameter is refused by name and is a finding", async () => {
  const reply = await account.get("/v2/vpcs?colour=red");

  expect(reply.status).toBe(422);
  expect(account.cloud.findings()).toEqual(['GET /v2/vpcs: unknown field "colour" in the query']);
});

test("a value of another type is refused by name and is a finding", async () => {
  const reply = await account.post("/v2/vpcs", { name: "x", region: 1 });

  expect(messageOf(reply)).toContain('wrong type of "region"');
  expect(account.cloud.findings()).toHaveLength(1);
});

test("a value that the platform refuses is no finding", async () => {
  const missing = await account.post("/v2/vpcs", { region: "nyc1" });
  const wrong = await account.post("/v2/vpcs", { name: "no spaces", region: "nyc1" });

  expect([missing.status, wrong.status]).toEqual([422, 422]);
  expect(account.cloud.findings()).toEqual([]);
});

test("a body where none is taken is a finding", async () => {
  await account.post("/v2/apps/00000000-0000-4000-8000-000000000000/rollback/commit", { x: 1 });
  expect(account.cloud.findings()).toHaveLength(1);
});

test("a body that is no JSON is answered 400", async () => {
  const response = await fetch(`${account.cloud.url}/v2/vpcs`, {
    method: "POST",
    headers: { authorization: "Bearer full", "content-type": "application/json" },
    body: "{",
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ id: "bad_request" });
});

test("lists are paged with links and a total", async () => {
  const first = await account.get("/v2/vpcs?per_page=5");
  const last = await account.get("/v2/vpcs?per_page=5&page=3");
  const whole = await account.get("/v2/vpcs?per_page=200");
  const base = `${account.cloud.url}/v2/vpcs`;

  expect(first.body).toMatchObject({
    meta: { total: 14 },
    links: { pages: { next: `${base}?page=2&per_page=5`, last: `${base}?page=3&per_page=5` } },
  });
  expect(last.body).toMatchObject({
    links: { pages: { first: `${base}?page=1&per_page=5`, prev: `${base}?page=2&per_page=5` } },
  });
  expect(whole.body).toMatchObject({ links: {} });
});

test.each(["page=0", "per_page=201", "per_page=x"])("%s is refused", async (query) => {
  expect((await account.get(`/v2/vpcs?${query}`)).status).toBe(422);
});

test("a fault answers in the vendor's shape", async () => {
  account.faults.add({ platform: "digitalocean", kind: "error-before-effect" });
  const reply = await account.get("/v2/account");
  expect(reply.body).toMatchObject({ id: "server_error" });
});

test("no dump of the state contains a password, a key or a token", async () => {
  const created = await account.post("/v2/databases", {
    name: "mam-pg",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-2gb",
    num_nodes: 1,
    region: "nyc1",
  });
  const secrets = ["full", textAt(created, "database.connection.password")];

  const state = await (await fetch(`${account.cloud.url}/__state`)).text();

  expect(secrets.filter((secret) => state.includes(`"${secret}"`))).toEqual([]);
  expect(state).toContain("mam-pg");
});

test("findings and demanded failures can be reached over HTTP", async () => {
  const put = (body: unknown) =>
    fetch(`${account.cloud.url}/__next-deployments`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect((await put(["health-check"])).status).toBe(200);
  expect(account.cloud.store.demandedFailures).toEqual(["health-check"]);
  expect((await put(["bad-luck"])).status).toBe(400);

  await account.get("/v2/load_balancers");
  const findings = await fetch(`${account.cloud.url}/__findings`);
  expect(await findings.json()).toHaveLength(1);
});

test("the account, its regions and the sizes of Droplets are answered", async () => {
  const [who, regions, sizes] = await Promise.all(
    ["account", "regions", "sizes"].map((path) => account.get(`/v2/${path}`)),
  );
  expect(who?.body).toMatchObject({ account: { email: "owner@example.com", status: "active" } });
  expect(regions?.body).toMatchObject({ meta: { total: 14 } });
  expect(JSON.stringify(sizes?.body)).toContain("gpu-4000adax1-20gb");
});
