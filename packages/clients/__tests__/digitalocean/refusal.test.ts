import { clientOf, closeClients, refusalOf } from "../support/client.ts";
import type { Reply } from "../support/http-double.ts";

afterEach(closeClients);

const uuid = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const json = (status: number, body: object): Reply => ({ status, body });
const region = "nyc3";

async function dashboardRefusal(reply: Reply): Promise<string> {
  const { client } = await clientOf(() => reply);
  const { message } = await refusalOf(
    client.call("getInsightsDashboard", { dashboard_uuid: uuid }),
  );
  return message;
}

async function queryRefusal(reply: Reply) {
  const { client } = await clientOf(() => reply);
  const query = { query: "rate(x[5m])" };
  return refusalOf(client.call("queryInsights", { region }, { query }));
}

test("an error body of {id, message, request_id} gives its words", async () => {
  const said = { id: "not_found", message: "no such thing", request_id: "r-1" };

  await expect(dashboardRefusal(json(404, said))).resolves.toBe(
    `GET /v2/insights/dashboards/${uuid}: 404 not_found: no such thing (request r-1)`,
  );
});

test("an error body of {error, message, code} gives its message", async () => {
  const said = { error: "NOT_FOUND", message: "dashboard not found", code: 5 };

  await expect(dashboardRefusal(json(404, said))).resolves.toBe(
    `GET /v2/insights/dashboards/${uuid}: 404 dashboard not found`,
  );
});

test("an error body of {error, code} gives its error", async () => {
  const said = { error: "time_range is required", code: 3 };

  await expect(dashboardRefusal(json(400, said))).resolves.toBe(
    `GET /v2/insights/dashboards/${uuid}: 400 time_range is required`,
  );
});

test("an error body of Prometheus gives its kind and its error", async () => {
  const said = { status: "error", errorType: "bad_data", error: "parse error at char 4" };
  const error = await queryRefusal(json(400, said));

  expect(error.message).toBe(
    `GET /v2/insights/query/${region}/prom/api/v1/query: 400 bad_data: parse error at char 4`,
  );
  expect(error.call.id).toBe("bad_data");
});

test("an error in plain text gives its first line, and no more than 200 characters of it", async () => {
  const body = `trace not found ${"x".repeat(300)}\nAuthorization: Bearer dop_v1_secret`;
  const reply = { status: 404, body, headers: { "content-type": "text/plain; charset=utf-8" } };
  const message = await dashboardRefusal(reply);

  expect(message).toContain(": 404 trace not found xxx");
  expect(message).not.toContain("x".repeat(190));
  expect(message).not.toContain("secret");
});

test("a plain text that something in between answers for another part of the API is not repeated", async () => {
  const { client } = await clientOf(() => ({
    status: 403,
    body: "denied: Bearer dop_v1_secret",
    headers: { "content-type": "text/plain" },
  }));

  const { message } = await refusalOf(client.call("getAccount", {}));

  expect(message).toContain("text/plain instead of JSON: a proxy or a gateway");
  expect(message).not.toContain("secret");
});

test("the page that a region without Insights answers says so, and blames no proxy", async () => {
  const { message } = await queryRefusal({
    status: 404,
    body: "<!DOCTYPE html><title>Maintenance</title>",
    headers: { "content-type": "text/html; charset=utf-8" },
  });

  expect(message).toContain("404 text/html instead of JSON; Insights does not answer");
  expect(message).toContain("feature-preview");
  expect(message).not.toMatch(/proxy|Maintenance/);
});

test("a dashboard whose name is taken says what to do", async () => {
  const { client } = await clientOf(() => json(409, { error: "x", message: "exists", code: 6 }));
  const call = client.call("createInsightsDashboard", {}, { body: { spec: "{}" } });

  const { message } = await refusalOf(call);

  expect(message).toContain("409 exists; a dashboard's name is unique in the team");
});

test("a channel that a rule tells says why it stays", async () => {
  const { client } = await clientOf(() => json(409, { id: "conflict", message: "in use" }));
  const parameters = { notification_channel_id: "c1" };

  const { message } = await refusalOf(client.call("deleteInsightsNotificationChannel", parameters));

  expect(message).toContain("409 conflict: in use; an alert rule still tells this channel");
});

test("a limit on dashboards is explained and not waited for", async () => {
  const { api, client, waits } = await clientOf(() =>
    json(429, { error: "limit", message: "dashboard limit reached", code: 8 }),
  );

  const { message } = await refusalOf(
    client.call("createInsightsDashboard", {}, { body: { spec: "{}" } }),
  );

  expect(api.seen).toHaveLength(1);
  expect(waits).toEqual([]);
  expect(message).toContain(
    "429 dashboard limit reached; this is a limit on the team's dashboards",
  );
});

test("too many requests are waited for, and not explained as a limit on dashboards", async () => {
  const { api, client } = await clientOf(() =>
    json(429, { id: "too_many_requests", message: "API rate limit exceeded." }),
  );

  const { message } = await refusalOf(
    client.call("createInsightsDashboard", {}, { body: { spec: "{}" } }),
  );

  expect(api.seen).toHaveLength(5);
  expect(message).toMatch(/API rate limit exceeded\.; gave up after 5 attempts$/);
});

test("names that are looked for without a window say what to send", async () => {
  const said = { status: "error", errorType: "execution", error: "discovery time limit" };
  const { client } = await clientOf(() => json(422, said));
  const call = client.call("listInsightsLabelValues", { region, label: "__name__" });

  const { message } = await refusalOf(call);

  expect(message).toContain("422 execution: discovery time limit; names and labels");
  expect(message).toContain("send start and end");
});
