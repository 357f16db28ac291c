import { aCluster, anAccount, messageOf, pick, textAt, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const project = { name: "mam", purpose: "Web Application", environment: "Staging" };

async function aProject(fields: object = {}) {
  const reply = await account.post("/v2/projects", { ...project, ...fields });
  const id = textAt(reply, "project.id");
  return { reply, id, path: `/v2/projects/${id}` };
}

test("a project is created and its name is unique", async () => {
  const { reply } = await aProject();
  const again = await account.post("/v2/projects", project);

  expect(reply.body).toMatchObject({ project: { ...project, is_default: false } });
  expect(again.status).toBe(409);
});

test("a purpose of one's own comes back with a prefix", async () => {
  const { reply } = await aProject({ purpose: "video" });
  expect(pick(reply.body, "project.purpose")).toBe("Other: video");
});

test("what belongs to no project is in the default one, and resources move between projects", async () => {
  const { path } = await aProject();
  const { id } = await aCluster(account);
  const urn = `do:dbaas:${id}`;
  const inDefault = await account.get("/v2/projects/default/resources");
  expect(inDefault.body).toMatchObject({ resources: [{ urn, status: "ok" }] });

  const assign = () => account.post(`${path}/resources`, { resources: [urn, "do:app:nobody"] });
  const first = await assign();
  const second = await assign();

  expect(first.body).toMatchObject({
    resources: [
      { urn, status: "assigned" },
      { urn: "do:app:nobody", status: "not_found" },
    ],
  });
  expect(pick(second.body, "resources.0.status")).toBe("already_assigned");
  const emptied = await account.get("/v2/projects/default/resources");
  expect(emptied.body).toMatchObject({ resources: [], meta: { total: 0 } });
});

test("a project with resources cannot be deleted: 412", async () => {
  const { id, path } = await aProject();
  await aCluster(account, { project_id: id });

  const refused = await account.call("DELETE", path);
  expect(refused.status).toBe(412);
  expect(messageOf(refused)).toContain("cannot delete a project with resources");

  const [cluster] = account.cloud.store.databases;
  await account.post("/v2/projects/default/resources", {
    resources: [`do:dbaas:${cluster?.id ?? ""}`],
  });
  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});

test("the default project cannot be deleted, and there is one default", async () => {
  expect((await account.call("DELETE", "/v2/projects/default")).status).toBe(403);

  const { path } = await aProject();
  await account.call("PATCH", path, { is_default: true });

  const current = await account.get("/v2/projects/default");
  expect(pick(current.body, "project.name")).toBe("mam");
  expect(account.cloud.store.projects.filter(({ is_default: first }) => first)).toHaveLength(1);
});

test("a project is replaced by PUT", async () => {
  const { path } = await aProject();
  const fields = { ...project, name: "new", description: "d", is_default: false };
  expect((await account.put(path, fields)).body).toMatchObject({ project: fields });
});

test("a cluster for a project that does not exist is refused and not created", async () => {
  const reply = await account.post("/v2/databases", {
    name: "mam-pg",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-2gb",
    num_nodes: 1,
    region: "nyc1",
    project_id: "00000000-0000-4000-8000-000000000000",
  });
  expect(reply.status).toBe(404);
  expect(account.cloud.store.databases).toEqual([]);
});
