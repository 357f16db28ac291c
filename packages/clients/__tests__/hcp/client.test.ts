import { startClock } from "@mam-infra/cloud/clock";
import { Faults } from "@mam-infra/cloud/faults";
import { newRun } from "@mam-infra/cloud/hcp/runs/model";
import { startHcp } from "@mam-infra/cloud/hcp/server";
import { RequestLog } from "@mam-infra/cloud/request-log";

import { type Hcp, createHcp } from "../../src/hcp/client.ts";

const tokens = { ci: "ci.atlasv1.secret", ines: "ines.atlasv1.secret" };

async function openService() {
  const [faults, requestLog] = [new Faults(), new RequestLog()];
  const service = await startHcp(
    { clock: startClock(), requestLog, faults },
    {
      organization: "northlight",
      tokens: Object.entries(tokens).map(([user, value]) => ({ user, value })),
    },
  );
  const clients: Hcp[] = [];
  const as = (token: string, organization = "northlight") => {
    const client = createHcp({
      endpoint: service.url,
      token,
      organization,
      userAgent: "test",
      sleep: () => Promise.resolve(),
    });
    clients.push(client);
    return client;
  };
  const close = async () => {
    await Promise.all(clients.map((client) => client.close()));
    await service.close();
  };
  return { service, faults, requestLog, as, close };
}

const made = async (client: Hcp) => {
  const project = await client.createProject("mam");
  return client.createWorkspace("data", project, {
    executionMode: "local",
    terraformVersion: "1.11.4",
    description: "by a test",
  });
};

const stateOf = (serial: number) => ({
  serial,
  lineage: "one",
  text: JSON.stringify({ version: 4, serial, lineage: "one", outputs: {}, resources: [] }),
});

test("a workspace is made in a project with its mode, found by name, and changed", async () => {
  const { service, as, close } = await openService();
  const client = as(tokens.ci);
  const before = await client.workspace("data");
  const workspace = await made(client);
  const found = await client.workspace("data");
  const changed = await client.updateWorkspace(workspace.id, { executionMode: "remote" });
  const project = await client.project("mam");
  const findings = service.findings();
  await close();

  expect(before).toBeUndefined();
  expect(found).toEqual({
    id: workspace.id,
    name: "data",
    projectId: project,
    executionMode: "local",
    terraformVersion: "1.11.4",
    autoApply: false,
    resources: 0,
    lock: undefined,
  });
  expect(changed.executionMode).toBe("remote");
  expect(findings).toEqual([]);
});

test("a lock is named with its holder and reason, and is somebody's until it is given back or taken away", async () => {
  const { as, close } = await openService();
  const [ci, ines] = [as(tokens.ci), as(tokens.ines)];
  const { id } = await made(ci);
  const taken = await ci.lock(id, "a deployment");
  const second = await ines.lock(id, "another");
  const locked = await ines.workspace("data");
  const refused = await ines.unlock(id).catch((error: unknown) => String(error));
  await ines.forceUnlock(id);
  const free = await ines.workspace("data");
  await close();

  expect([taken, second]).toEqual([true, false]);
  expect(locked?.lock).toEqual({ type: "users", holder: "ci", reason: "a deployment" });
  expect(refused).toContain("409");
  expect(free?.lock).toBeUndefined();
});

test("runs that have not ended are told, and those that have are not", async () => {
  const { service, as, close } = await openService();
  const client = as(tokens.ci);
  const { id } = await made(client);
  const run = newRun({ workspaceId: id, message: "by hand", createdAt: new Date() });
  service.store.runs.push(
    { ...run, id: "run-1", status: "applied" },
    { ...run, id: "run-2", status: "planned" },
    { ...run, id: "run-3", status: "pending" },
  );
  const waiting = await client.waitingRuns(id);
  await close();

  expect(waiting).toEqual([
    { id: "run-3", status: "pending" },
    { id: "run-2", status: "planned" },
  ]);
});

test("versions of a state are written under a lock, listed over all pages, and read", async () => {
  const { as, close } = await openService();
  const client = as(tokens.ci);
  const { id } = await made(client);
  const none = await client.currentStateVersion(id);
  await client.lock(id, "test");
  for (let serial = 1; serial <= 101; serial += 1)
    await client.createStateVersion(id, stateOf(serial));
  const current = await client.currentStateVersion(id);
  const all = await client.stateVersions("data");
  const text = await client.stateText(await client.stateVersion(all.at(-1)?.id ?? ""));
  await close();

  expect(none).toBeUndefined();
  expect(current?.serial).toBe(101);
  expect(all.map(({ serial }) => serial)).toEqual(Array.from({ length: 101 }, (_, at) => 101 - at));
  expect(text).toBe(stateOf(1).text);
});

test("reads are asked again, and a write that failed is not: it may have happened", async () => {
  const { faults, as, close } = await openService();
  const client = as(tokens.ci);
  const { id } = await made(client);
  faults.add({ platform: "hcp", kind: "error-before-effect", method: "GET", times: 2 });
  faults.add({ platform: "hcp", kind: "rate-limited", method: "POST" });
  const read = await client.workspace("data");
  const waited = await client.lock(id, "told to wait");
  faults.add({ platform: "hcp", kind: "error-after-effect", method: "POST" });
  const failed = await client.unlock(id).catch((error: unknown) => String(error));
  const after = await client.workspace("data");
  await close();

  expect(read?.id).toBe(id);
  expect(waited).toBe(true);
  expect(failed).toContain(`HCP Terraform: POST /workspaces/${id}/actions/unlock: 500`);
  expect(after?.lock).toBeUndefined();
});

test("a refusal names the call and the reason, and never the token", async () => {
  const { as, close } = await openService();
  const refused = await as("nobody.atlasv1.secret")
    .workspace("data")
    .catch((error: unknown) => String(error));
  const elsewhere = await as(tokens.ci, "others").workspace("data");
  await close();

  expect(refused).toBe(
    "HcpError: HCP Terraform: GET /organizations/northlight/workspaces/data: 401: The token is unknown",
  );
  expect(elsewhere).toBeUndefined();
});
