import { anAccount, pick, textAt, closeAccounts } from "../../support.ts";
import type { TestAccount } from "../../support.ts";
import { aDocument, aPanel, raw, sendDashboard } from "../support.ts";

afterEach(closeAccounts);

const path = "/v2/insights/dashboards";
let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const uuidOf = async (document?: object) =>
  textAt(await sendDashboard(account, document), "dashboard.uuid");
const namesOf = (body: unknown) =>
  (pick(body, "dashboards") as { name: string }[] | undefined)?.map(({ name }) => name);

test("a dashboard is created and deleted with 200, and its text comes back to the last byte", async () => {
  const spec = JSON.stringify(aDocument(), undefined, 3);
  const created = await account.post(path, { spec });
  const one = `${path}/${textAt(created, "dashboard.uuid")}`;

  expect(created.status).toBe(200);
  expect(pick((await account.get(one)).body, "dashboard")).toMatchObject({
    name: "mam production",
    description: "Made by mam",
    spec,
  });
  expect(await account.call("DELETE", one)).toMatchObject({ status: 200, body: {} });
  expect((await account.get(one)).status).toBe(404);
});

test("an unknown dashboard and a malformed id are answered alike, with error, message and code", async () => {
  const body = { error: "dashboard not found", message: "dashboard not found", code: 5 };
  for (const id of ["7c9e6679-7425-40de-944b-e07fc1f90ae7", "nonsense"]) {
    expect(await account.get(`${path}/${id}`)).toMatchObject({ status: 404, body });
  }
});

test("the key of an empty list is left out, and so are pages and total", async () => {
  expect((await account.get(path)).body).toEqual({ pagination: { page: 1, per_page: 20 } });
});

test("pages are asked for with dotted parameters", async () => {
  for (const name of ["a", "b", "c"]) await uuidOf(aDocument(name));
  const reply = await account.get(`${path}?pagination.page=2&pagination.per_page=2`);

  expect(reply.body).toMatchObject({ pagination: { page: 2, pages: 2, per_page: 2, total: 3 } });
  expect(namesOf(reply.body)).toHaveLength(1);
});

test.each([
  "pagination.per_page=201",
  "pagination.sort=size",
  "page=1",
  "pagination.sort_direction=up",
])("the list refuses %s with 400 and a code", async (query) => {
  const reply = await account.get(`${path}?${query}`);
  expect([reply.status, pick(reply.body, "code")]).toEqual([400, 3]);
});

test("the newest dashboard comes first unless a sort is asked for; a direction alone sorts nothing", async () => {
  for (const name of ["b", "a", "c"]) {
    await uuidOf(aDocument(name));
    await account.pass(60);
  }
  const listed = async (query: string) => namesOf((await account.get(`${path}?${query}`)).body);

  expect(await listed("")).toEqual(["c", "a", "b"]);
  expect(await listed("pagination.sort_direction=asc")).toEqual(["c", "a", "b"]);
  expect(await listed("pagination.sort=name")).toEqual(["a", "b", "c"]);
  expect(await listed("pagination.sort=name&pagination.sort_direction=desc")).toEqual([
    "c",
    "b",
    "a",
  ]);
});

test("a second key beside spec is refused, and so is a document that is not text", async () => {
  const spec = JSON.stringify(aDocument());
  for (const body of [{ spec, name: "mam" }, { spec: aDocument() }, {}]) {
    expect((await account.post(path, body)).status).toBe(400);
  }
});

test("a name that is taken is refused with 409, when creating and when replacing", async () => {
  await uuidOf(aDocument("taken"));
  const other = await uuidOf(aDocument("free"));
  const replaced = await account.put(`${path}/${other}`, {
    spec: JSON.stringify(aDocument("taken")),
  });

  expect((await sendDashboard(account, aDocument("taken"))).body).toMatchObject({ code: 6 });
  expect([replaced.status, pick(replaced.body, "code")]).toEqual([409, 6]);
});

test("a dashboard may keep its own name when it is replaced, and its description follows", async () => {
  const uuid = await uuidOf();
  const spec = JSON.stringify(aDocument("mam production", {}, "another"));
  const reply = await account.put(`${path}/${uuid}`, { spec });

  expect(reply).toMatchObject({
    status: 200,
    body: { dashboard: { uuid, description: "another", spec } },
  });
});

test("more dashboards than the team may have are refused with 429 and a code", async () => {
  account.cloud.insights.knobs.dashboardLimit = 1;
  await uuidOf(aDocument("one"));
  const reply = await sendDashboard(account, aDocument("two"));

  expect([reply.status, pick(reply.body, "code")]).toEqual([429, 8]);
});

test("more charts than a dashboard may have are refused with 429 and a code", async () => {
  account.cloud.insights.knobs.chartLimit = 1;
  const reply = await sendDashboard(account, aDocument("x", { a: aPanel("a"), b: aPanel("b") }));

  expect([reply.status, pick(reply.body, "code")]).toEqual([429, 8]);
});

test("the schema comes without an envelope", async () => {
  const { text, type } = await raw(account, `${path}/schema`);

  expect(type).toContain("application/json");
  expect(JSON.parse(text)).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: { kind: { const: "Dashboard" } },
  });
});

test("the schema's own limits are kept when a document comes, and the place is named", async () => {
  const chart = aPanel("a");
  const unknown = { ...chart.spec, plugin: { kind: "FancyChart", spec: {} } };
  for (const [document, said] of [
    [{ ...aDocument(), metadata: {} }, "metadata"],
    [{ ...aDocument(), kind: "Panel" }, "/kind"],
    [aDocument("x", { a: { kind: "Panel", spec: unknown } }), "/spec/panels/a"],
  ] as const) {
    const reply = await sendDashboard(account, document);
    expect([reply.status, textAt(reply, "message")]).toEqual([400, expect.stringContaining(said)]);
  }
});

test("a reader's token reads and cannot create", async () => {
  const body = { spec: JSON.stringify(aDocument()) };

  expect((await account.call("GET", path, undefined, "reader")).status).toBe(200);
  expect((await account.call("POST", path, body, "reader")).status).toBe(403);
});

test("answers say the rate limit", async () => {
  const { headers } = await account.get(path);

  expect(headers.get("ratelimit-limit")).toBe("5000");
  expect(headers.get("ratelimit-remaining")).toBe("4999");
});
