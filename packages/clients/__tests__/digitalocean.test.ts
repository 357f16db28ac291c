import { refusedWith } from "../src/digitalocean/error.ts";
import { clientOf, closeClients, refusalOf } from "./support/client.ts";

afterEach(closeClients);

const vpc = {
  id: "v1",
  urn: "do:vpc:v1",
  name: "n",
  region: "nyc1",
  created_at: "2026-01-01T00:00:00Z",
  new_field: 1,
};

test("a call sends its body, token and caller, and keeps fields of the answer that nobody knows yet", async () => {
  const { api, client } = await clientOf(() => ({ status: 200, body: { vpc } }));

  const answer = await client.call("createVpc", {}, { body: { name: "n", region: "nyc1" } });

  expect(answer.vpc).toEqual(vpc);
  expect(api.seen[0]).toMatchObject({
    method: "POST",
    path: "/v2/vpcs",
    body: '{"name":"n","region":"nyc1"}',
    headers: { authorization: "Bearer dop_v1_secret", "user-agent": "mam-infra/test" },
  });
});

test("path parameters are encoded and queries are sent", async () => {
  const { api, client } = await clientOf(() => ({ status: 200, body: { deployments: [] } }));

  await client.call("listDeployments", { app_id: "a/b" }, { query: { per_page: 20 } });

  expect(api.seen[0]?.path).toBe("/v2/apps/a%2Fb/deployments?per_page=20");
});

test("a refusal names method, path, status, id, message and request, and never the token", async () => {
  const { client } = await clientOf(() => ({
    status: 404,
    body: { id: "not_found", message: "The resource was not found.", request_id: "r-1" },
  }));

  const error = await refusalOf(client.call("getVpc", { vpc_id: "v1" }));

  expect(error.message).toBe(
    "GET /v2/vpcs/v1: 404 not_found: The resource was not found. (request r-1)",
  );
  expect(refusedWith(error)).toBe(404);
  expect(JSON.stringify(error)).not.toContain("secret");
});

test("a server fault is tried five times with growing waits, whatever the method", async () => {
  const { api, client, waits } = await clientOf(() => ({
    status: 500,
    body: { id: "server_error", message: "Oops" },
  }));

  const error = await refusalOf(
    client.call("createVpc", {}, { body: { name: "n", region: "nyc1" } }),
  );

  expect(api.seen).toHaveLength(5);
  expect(waits).toEqual([1, 2, 4, 8]);
  expect(error.message).toBe("POST /v2/vpcs: 500 server_error: Oops; gave up after 5 attempts");
});

test("too many requests waits as long as the server asks", async () => {
  const { client, waits } = await clientOf((_, count) =>
    count === 1
      ? { status: 429, headers: { "retry-after": "37" } }
      : { status: 200, body: { vpc } },
  );

  await expect(client.call("getVpc", { vpc_id: "v1" })).resolves.toMatchObject({
    vpc: { id: "v1" },
  });
  expect(waits).toEqual([37]);
});

test("a call that does not exist is not tried again", async () => {
  const { api, client } = await clientOf(() => ({
    status: 501,
    body: { id: "not_implemented", message: "no such call" },
  }));

  await refusalOf(client.call("getVpc", { vpc_id: "v1" }));

  expect(api.seen).toHaveLength(1);
});

test("a dropped connection is tried again, and named when it stays so", async () => {
  const { api, client } = await clientOf(() => "drop");

  const error = await refusalOf(client.call("getVpc", { vpc_id: "v1" }));

  expect(api.seen).toHaveLength(5);
  expect(error.message).toMatch(/^GET \/v2\/vpcs\/v1: no answer: .+; gave up after 5 attempts$/);
});

test("an answer of another shape is a refusal that names the field", async () => {
  const { client } = await clientOf(() => ({ status: 200, body: { vpc: { ...vpc, name: 7 } } }));

  await expect(client.call("getVpc", { vpc_id: "v1" })).rejects.toThrow(
    /another shape[^]*vpc\.name/,
  );
});

test("an empty answer is enough where nothing is read", async () => {
  const { client } = await clientOf(() => ({ status: 204 }));

  await expect(client.call("deleteVpc", { vpc_id: "v1" })).resolves.toBeUndefined();
});

test("the rate limit of the last answer can be asked", async () => {
  const headers = {
    "ratelimit-limit": "5000",
    "ratelimit-remaining": "4999",
    "ratelimit-reset": "1780000000",
  };
  const { client } = await clientOf(() => ({ status: 204, headers }));
  expect(client.rateLimit()).toBeUndefined();

  await client.call("deleteVpc", { vpc_id: "v1" });

  expect(client.rateLimit()).toEqual({
    limit: 5000,
    remaining: 4999,
    resetsAt: new Date(1780000000000),
  });
});

test("a pause that nobody waits for is not begun, and names what asks for it", async () => {
  const { api, client, waits } = await clientOf(() => ({
    status: 429,
    headers: { "retry-after": "3600" },
  }));

  const error = await refusalOf(client.call("getVpc", { vpc_id: "v1" }));

  expect([api.seen.length, waits]).toEqual([1, []]);
  expect(error.message).toMatch(/^GET \/v2\/vpcs\/v1: 429 it asks for a pause of 3600 seconds/);
});

test("JSON that was cut on its way is asked for again, and named when it stays so", async () => {
  const { api, client } = await clientOf((_, count) =>
    count === 1
      ? { status: 200, body: '{"vpc": {"id": "v1", "na' }
      : { status: 200, body: { vpc } },
  );
  await expect(client.call("getVpc", { vpc_id: "v1" })).resolves.toMatchObject({ vpc });
  expect(api.seen).toHaveLength(2);

  const cut = await clientOf(() => ({ status: 200, body: '{"vpc": {"id": "v1", "na' }));
  const error = await refusalOf(cut.client.call("getVpc", { vpc_id: "v1" }));
  expect(error.message).toBe(
    "GET /v2/vpcs/v1: 200 JSON that ends too early, after 24 bytes: the answer was cut on its way, so make the command again; gave up after 5 attempts",
  );
});

test("what changes something is not made again because its answer was cut", async () => {
  const { api, client } = await clientOf(() => ({ status: 200, body: '{"vpc": ' }));
  await refusalOf(client.call("createVpc", {}, { body: { name: "n", region: "nyc1" } }));

  expect(api.seen).toHaveLength(1);
});

test.each([200, 403])("a page with status %i in the API's place is a proxy's", async (status) => {
  const headers = { "content-type": "text/html; charset=utf-8" };
  const { api, client } = await clientOf(() => ({ status, headers, body: "<html>Log in</html>" }));
  const error = await refusalOf(client.call("getVpc", { vpc_id: "v1" }));

  expect(api.seen).toHaveLength(1);
  expect(error.message).toMatch(
    new RegExp(`^GET /v2/vpcs/v1: ${status} text/html instead of JSON: a proxy or a gateway`),
  );
  expect(error.message).not.toContain("Log in");
});

test("how far this machine's clock is ahead is known from the last answer", async () => {
  const date = new Date(Date.now() - 1_200_000).toUTCString();
  const { client } = await clientOf(() => ({ status: 204, headers: { date } }));
  expect(client.clockAhead()).toBeUndefined();
  await client.call("deleteVpc", { vpc_id: "v1" });

  expect(client.clockAhead()).toBeGreaterThanOrEqual(1199);
  expect(client.clockAhead()).toBeLessThan(1260);
});

test("where nothing listens, the cause is named", async () => {
  const { api, client } = await clientOf(() => ({ status: 204 }));
  await api.close();
  const error = await refusalOf(client.call("getVpc", { vpc_id: "v1" }));

  expect(error.message).toMatch(
    /^GET \/v2\/vpcs\/v1: no answer: the connection is refused: nothing listens there.*ECONNREFUSED/,
  );
});
