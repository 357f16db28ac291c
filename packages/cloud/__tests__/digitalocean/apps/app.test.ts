import {
  anAccount,
  anApp,
  api,
  aSpec,
  digest,
  messageOf,
  pick,
  textAt,
  withDigest,
  closeAccounts,
} from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

test("an app is created with a pending deployment and answered as its specification was sent", async () => {
  const created = await account.post("/v2/apps", { spec: aSpec({ region: "nyc" }) });

  expect(created.status).toBe(200);
  expect(created.body).toMatchObject({
    app: {
      spec: { name: "mam", region: "nyc", services: [api] },
      pending_deployment: { phase: "PENDING_DEPLOY", cause: "initial deployment" },
      region: { slug: "nyc", data_centers: ["nyc1", "nyc3"] },
    },
  });
  expect(textAt(created, "app.default_ingress")).toMatch(
    /^https:\/\/mam-[0-9a-f]{5}\.ondigitalocean\.app$/,
  );
  expect(pick(created.body, "app.active_deployment")).toBeUndefined();
});

test("without an ingress the first service gets every path; ports and features are filled in", async () => {
  const service = { ...api, http_port: undefined };
  const created = await account.post("/v2/apps", { spec: aSpec({ services: [service] }) });
  expect(pick(created.body, "app.spec")).toMatchObject({
    ingress: { rules: [{ match: { path: { prefix: "/" } }, component: { name: "api" } }] },
    services: [{ http_port: 8080 }],
    features: ["buildpack-stack=ubuntu-22"],
  });
});

test("an app's name is unique: 409", async () => {
  await anApp(account);
  const reply = await account.post("/v2/apps", { spec: aSpec() });
  expect([reply.status, messageOf(reply)]).toEqual([409, expect.stringContaining("in use")]);
});

test("an unknown field of a specification is refused with its path and is a finding", async () => {
  const spec = aSpec({ services: [{ ...api, ports: [1] }] });
  const reply = await account.post("/v2/apps", { spec });
  expect([reply.status, messageOf(reply)]).toEqual([
    400,
    expect.stringContaining('unknown field "spec.services[0].ports"'),
  ]);
  expect(account.cloud.findings()).toHaveLength(1);
});

test("an update replaces the whole specification", async () => {
  const { path } = await anApp(account, aSpec({ envs: [{ key: "A", value: "1" }] }));

  const updated = await account.put(path, { spec: aSpec(), update_all_source_versions: false });

  expect(pick(updated.body, "app.spec.envs")).toBeUndefined();
  expect(pick(updated.body, "app.pending_deployment.cause")).toBe("app spec updated");
});

test("a deleted app is gone, and its name is free", async () => {
  const { id, path } = await anApp(account);
  const removed = await account.call("DELETE", path);
  expect([removed.status, removed.body]).toEqual([200, { id }]);
  expect((await account.get(path)).status).toBe(404);
  expect((await account.post("/v2/apps", { spec: aSpec() })).status).toBe(200);
});

test("apps are listed", async () => {
  await anApp(account);
  const { body } = await account.get("/v2/apps?with_projects=true");
  expect([pick(body, "meta.total"), pick(body, "apps.0.spec.name")]).toEqual([1, "mam"]);
});

test("a proposal says whether the name is free and what it costs, and creates nothing", async () => {
  const spec = aSpec({
    services: [{ ...api, instance_size_slug: "apps-d-1vcpu-2gb" }],
    workers: [
      {
        name: "worker",
        image: api.image,
        instance_count: 1,
        instance_size_slug: "apps-s-1vcpu-2gb",
      },
    ],
  });
  const free = await account.post("/v2/apps/propose", { spec });
  expect(free.body).toMatchObject({ app_name_available: true, app_cost: 2 * 39 + 25 });
  expect(account.cloud.store.apps).toEqual([]);

  const { id } = await anApp(account);
  const taken = await account.post("/v2/apps/propose", { spec });
  const own = await account.post("/v2/apps/propose", { spec, app_id: id });
  expect(taken.body).toMatchObject({ app_name_available: false, app_name_suggestion: "mam-2" });
  expect(pick(own.body, "app_name_available")).toBe(true);
});

test("sizes and regions can be asked for", async () => {
  const sizes = await account.get("/v2/apps/tiers/instance_sizes");
  const one = await account.get("/v2/apps/tiers/instance_sizes/apps-s-1vcpu-0.5gb");
  const regions = await account.get("/v2/apps/regions");

  expect(pick(sizes.body, "instance_sizes")).toHaveLength(14);
  expect(pick(one.body, "instance_size")).toMatchObject({
    usd_per_month: "5.00",
    usd_per_second: "0.000002066799",
    memory_bytes: "536870912",
    single_instance_only: true,
  });
  expect((await account.get("/v2/apps/tiers/instance_sizes/basic-xs")).status).toBe(404);
  expect(pick(regions.body, "regions")).toHaveLength(10);
});

test("the app in a VPC has an address there", async () => {
  const network = await account.post("/v2/vpcs", {
    name: "mam",
    region: "nyc1",
    ip_range: "10.120.0.0/20",
  });
  const { path } = await anApp(account, aSpec({ vpc: { id: textAt(network, "vpc.id") } }));
  expect(pick((await account.get(path)).body, "app.vpc.egress_ips")).toEqual([
    { ip: "10.120.0.5" },
  ]);
});

test("health and instances are those that run", async () => {
  const { path } = await anApp(account);
  expect((await account.get(`${path}/health`)).body).toMatchObject({
    app_health: {
      components: [{ name: "api", replicas_desired: 2, replicas_ready: 2, state: "HEALTHY" }],
    },
  });
  expect((await account.get(`${path}/instances`)).body).toMatchObject({
    instances: [
      { component_name: "api", component_type: "SERVICE" },
      { component_name: "api", component_type: "SERVICE" },
    ],
  });
});

test("a tag is looked up once: a tag that moved is not picked up by an update, only by a new pull", async () => {
  const push = (digit: string) => {
    account.cloud.pushImage({
      repository: "api",
      digest: digest(digit),
      tags: ["latest"],
      image: { healthy: true, migration: "succeeds", startSeconds: 1 },
    });
  };
  push("7");
  const image = { registry_type: "DOCR", repository: "api", tag: "latest" };
  const spec = aSpec({ services: [{ ...api, image }] });
  const { path } = await anApp(account, spec);
  const running = async () => {
    await account.pass(600);
    return pick(
      (await account.get(path)).body,
      "app.active_deployment.services.0.source_image_digest",
    );
  };
  push("8");

  await account.put(path, { spec });
  expect(await running()).toBe(digest("7"));
  await account.put(path, { spec, update_all_source_versions: true });
  expect(await running()).toBe(digest("8"));
});

test("the state tells what runs from what should run", async () => {
  const { path } = await anApp(account);
  await account.put(path, { spec: withDigest("b") });
  await account.pass(600);

  const state: unknown = await (await fetch(`${account.cloud.url}/__state`)).json();

  expect(pick(state, "apps.0")).toMatchObject({
    spec: { services: [{ image: { digest: digest("b") } }] },
    active: { digests: { api: digest("1") } },
    deployments: [{ phase: "ACTIVE" }, { phase: "ERROR" }],
  });
});
