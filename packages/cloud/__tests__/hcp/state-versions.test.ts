import { createHash } from "node:crypto";

import { openHcp, tokens } from "./support/terraform.ts";

const stateOf = (serial: number, lineage = "one") =>
  JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial,
    lineage,
    outputs: {
      host: { value: "db.example", type: "string" },
      password: { value: "s3cret", type: "string", sensitive: true },
    },
    resources: [],
  });

const versionOf = (text: string, attributes: object = {}) => {
  const { serial, lineage } = JSON.parse(text) as { serial: number; lineage: string };
  const md5 = createHash("md5").update(text).digest("hex");
  return { data: { type: "state-versions", attributes: { serial, lineage, md5, ...attributes } } };
};

const inline = (text: string) => versionOf(text, { state: Buffer.from(text).toString("base64") });

async function openWorkspace() {
  const opened = await openHcp();
  const { body } = await opened.call("POST", "/organizations/northlight/workspaces", {
    data: { type: "workspaces", attributes: { name: "data", "execution-mode": "local" } },
  });
  const { id } = body.data as { id: string };
  const post = (what: string, sent?: unknown, token?: string) =>
    opened.call("POST", `/workspaces/${id}/${what}`, sent, token);
  return {
    ...opened,
    id,
    post,
    lock: (token?: string) => post("actions/lock", { reason: "test" }, token),
  };
}

test("only whoever holds the lock may write a state", async () => {
  const { hcp, post, lock } = await openWorkspace();
  const without = await post("state-versions", inline(stateOf(1)));
  await lock(tokens.theirs);
  const beside = await post("state-versions", inline(stateOf(1)));
  const holder = await post("state-versions", inline(stateOf(1)), tokens.theirs);
  await hcp.close();

  expect([without.status, beside.status, holder.status]).toEqual([409, 409, 201]);
});

test("a state has to follow the one that stands, unless it is forced", async () => {
  const { hcp, post, lock } = await openWorkspace();
  await lock();
  await post("state-versions", inline(stateOf(3)));
  const older = await post("state-versions", inline(stateOf(3)));
  const stranger = await post("state-versions", inline(stateOf(4, "other")));
  const text = stateOf(1, "other");
  const state = Buffer.from(text).toString("base64");
  const forced = await post("state-versions", versionOf(text, { state, force: true }));
  await hcp.close();

  expect([older.status, stranger.status, forced.status]).toEqual([409, 409, 201]);
});

test("content comes to an address without a token, counts from then on, and has to be what was announced", async () => {
  const { hcp, call, id, post, lock } = await openWorkspace();
  await lock();
  const text = stateOf(1);
  const { body } = await post("state-versions", versionOf(text));
  const { attributes } = body.data as { attributes: Record<string, string> };
  const put = (content: string) =>
    fetch(attributes["hosted-state-upload-url"] ?? "", { method: "PUT", body: content });
  const before = await call("GET", `/workspaces/${id}/current-state-version`);
  const early = await post("actions/unlock");
  const other = await put(stateOf(2));
  const right = await put(text);
  const again = await put(text);
  const after = await call("GET", `/workspaces/${id}/current-state-version`);
  const unlocked = await post("actions/unlock");
  await hcp.close();

  expect([before.status, early.status, other.status]).toEqual([404, 409, 422]);
  expect([right.status, again.status]).toEqual([200, 409]);
  expect(after.body).toMatchObject({ data: { attributes: { serial: 1, status: "finalized" } } });
  expect(unlocked.status).toBe(200);
});

test("every version is kept and listed, the newest first, and one that was overtaken is no version of it", async () => {
  const { hcp, call, post, lock } = await openWorkspace();
  await lock();
  await post("state-versions", inline(stateOf(1)));
  await post("state-versions", versionOf(stateOf(2)));
  await post("state-versions", inline(stateOf(3)));
  const filter = "filter[workspace][name]=data&filter[organization][name]=northlight";
  const all = await call("GET", `/state-versions?${filter}&page[size]=2`);
  const whole = await call("GET", `/state-versions?${filter}&filter[status]=finalized`);
  await hcp.close();

  expect(all.body).toMatchObject({
    data: [
      { attributes: { serial: 3, status: "finalized" } },
      { attributes: { serial: 2, status: "discarded" } },
    ],
    meta: { pagination: { "next-page": 2, "total-count": 3 } },
  });
  expect((whole.body.data as unknown[]).length).toBe(2);
});

test("outputs are listed without the value of a sensitive one, which is told to whoever asks for it alone", async () => {
  const { hcp, call, id, post, lock } = await openWorkspace();
  await lock();
  await post("state-versions", inline(stateOf(1)));
  const { body } = await call("GET", `/workspaces/${id}/current-state-version-outputs`);
  const [host, password] = body.data as { id: string; attributes: Record<string, unknown> }[];
  const one = await call("GET", `/state-version-outputs/${password?.id ?? ""}`);
  await hcp.close();

  expect(host?.attributes).toMatchObject({ value: "db.example", "detailed-type": "string" });
  expect(password?.attributes).toMatchObject({ sensitive: true, value: null });
  expect(one.body).toMatchObject({ data: { attributes: { value: "s3cret" } } });
});

test("a lock is its holder's, and somebody else needs force", async () => {
  const { hcp, post, lock } = await openWorkspace();
  await lock();
  const second = await lock();
  const theirs = await post("actions/unlock", undefined, tokens.theirs);
  const forced = await post("actions/force-unlock", undefined, tokens.theirs);
  const twice = await post("actions/force-unlock");
  await hcp.close();

  expect([second, theirs, forced, twice].map(({ status }) => status)).toEqual([409, 409, 200, 409]);
  expect(JSON.stringify(theirs.body)).toContain("is locked by User ci");
});

test.each([
  ["a call", "GET", "/workspaces/ws-1/tags", undefined],
  ["a query", "GET", "/organizations/northlight/projects?q=mam", undefined],
  [
    "a field",
    "POST",
    "/organizations/northlight/projects",
    { data: { type: "projects", attributes: { name: "mam", colour: "red" } } },
  ],
])("%s that is not played is a finding", async (_, method, path, body) => {
  const { hcp, call } = await openHcp();
  const { status } = await call(method, path, body);
  const findings = hcp.findings();
  await hcp.close();

  expect(status).toBeGreaterThanOrEqual(400);
  expect(findings).toHaveLength(1);
});

test("a token that is unknown may nothing, and nothing of a state is in the dump", async () => {
  const { hcp, call, post, lock } = await openWorkspace();
  await lock();
  await post("state-versions", inline(stateOf(1)));
  const { status } = await call("GET", "/organizations/northlight/projects", undefined, "other");
  const dump = await (await fetch(`${hcp.url}/__state`)).text();
  await hcp.close();

  expect(status).toBe(401);
  expect(dump).toContain('"serial":1');
  expect(dump).not.toContain("s3cret");
});
