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
} from "../../support.ts";
import type { TestAccount } from "../../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let path: string;
let first: string;
beforeEach(async () => {
  account = await anAccount();
  ({ path } = await anApp(account));
  first = textAt(await account.get(path), "app.active_deployment.id");
});

const release = async (digit: string, fields: object = {}) => {
  const reply = await account.put(path, { spec: withDigest(digit, fields) });
  await account.pass(900);
  return textAt(reply, "app.pending_deployment.id");
};
const rollback = (id: string, fields: object = {}) =>
  account.post(`${path}/rollback`, { deployment_id: id, ...fields });
const validate = async (id: string) =>
  (await account.post(`${path}/rollback/validate`, { deployment_id: id, skip_pin: false })).body;
const app = async () => pick((await account.get(path)).body, "app");

test("a rollback deploys the old specification again and pins the app", async () => {
  await release("2");

  const reply = await rollback(first);
  expect(reply.body).toMatchObject({
    deployment: { cloned_from: first, cause_details: { type: "MANUAL_ROLLBACK" } },
  });
  await account.pass(600);

  expect(await app()).toMatchObject({
    spec: { services: [{ image: { digest: digest("1") } }] },
    active_deployment: { services: [{ source_image_digest: digest("1") }] },
    pinned_deployment: { id: textAt(reply, "deployment.id") },
  });
});

test("a pinned app refuses every deployment until it is committed", async () => {
  await release("2");
  await rollback(first);
  await account.pass(600);

  const refused = await Promise.all([
    account.put(path, { spec: withDigest("2") }),
    account.post(`${path}/deployments`, {}),
    account.post(`${path}/restart`, {}),
  ]);
  expect(refused.map(({ status }) => status)).toEqual([409, 409, 409]);
  expect(await app()).toMatchObject({ spec: { services: [{ image: { digest: digest("1") } }] } });

  expect((await account.post(`${path}/rollback/commit`)).status).toBe(200);
  expect(await app()).not.toHaveProperty("pinned_deployment");
  expect((await account.put(path, { spec: withDigest("2") })).status).toBe(200);
});

test("a revert deploys what was there before the rollback and unpins", async () => {
  await release("2");
  await rollback(first);
  await account.pass(600);

  await account.post(`${path}/rollback/revert`);
  await account.pass(600);

  expect(await app()).toMatchObject({
    spec: { services: [{ image: { digest: digest("2") } }] },
    active_deployment: { services: [{ source_image_digest: digest("2") }] },
  });
  expect(await app()).not.toHaveProperty("pinned_deployment");
});

test("skip_pin commits at once", async () => {
  await release("2");
  await rollback(first, { skip_pin: true });
  expect(await app()).not.toHaveProperty("pinned_deployment");
  expect((await account.put(path, { spec: withDigest("2") })).status).toBe(200);
});

test.each(["commit", "revert"])(
  "an app that is not pinned has nothing to %s: 400",
  async (what) => {
    expect((await account.post(`${path}/rollback/${what}`)).status).toBe(400);
  },
);

describe("validation", () => {
  test("a good deployment by digests is valid without a warning", async () => {
    await release("2");
    expect(await validate(first)).toEqual({ valid: true });
  });

  test("a failed deployment has an incompatible result, and the rollback is refused", async () => {
    const failed = await release("b");
    expect(await validate(failed)).toMatchObject({
      valid: false,
      error: { code: "incompatible_result" },
    });
    const reply = await rollback(failed);
    expect([reply.status, messageOf(reply)]).toEqual([
      400,
      expect.stringContaining("incompatible_result"),
    ]);
  });

  test("a deployment under way has an incompatible phase", async () => {
    const reply = await account.put(path, { spec: withDigest("2") });
    const id = textAt(reply, "app.pending_deployment.id");
    expect(await validate(id)).toMatchObject({ error: { code: "incompatible_phase" } });
  });

  test("a pinned app refuses another rollback", async () => {
    const second = await release("2");
    await rollback(first);
    await account.pass(600);
    expect(await validate(second)).toMatchObject({ error: { code: "app_pinned" } });
  });

  test("a deployment in another region conflicts", async () => {
    await release("2", { region: "fra" });
    expect(await validate(first)).toMatchObject({ error: { code: "region_conflict" } });
  });

  test("a deployment with other databases conflicts", async () => {
    await account.post("/v2/databases", {
      name: "mam-valkey",
      engine: "valkey",
      version: "8",
      size: "db-s-1vcpu-1gb",
      num_nodes: 1,
      region: "nyc1",
    });
    await account.pass(600);
    await release("2", {
      databases: [
        {
          name: "cache",
          engine: "VALKEY",
          version: "8",
          production: true,
          cluster_name: "mam-valkey",
        },
      ],
    });
    expect(await validate(first)).toMatchObject({ error: { code: "database_config_conflict" } });
  });

  test("a deployment more than ten releases ago is past the limit", async () => {
    for (let count = 0; count < 11; count += 1) await release("2");
    expect(await validate(first)).toMatchObject({ error: { code: "exceeded_revision_limit" } });
  });

  test("an image without a digest is a warning", async () => {
    account.cloud.pushImage({
      repository: "api",
      digest: digest("7"),
      tags: ["latest"],
      image: { healthy: true, migration: "succeeds", startSeconds: 1 },
    });
    const image = { registry_type: "DOCR", repository: "api", tag: "latest" };
    const other = await anApp(account, aSpec({ name: "tagged", services: [{ ...api, image }] }));
    const id = textAt(await account.get(other.path), "app.active_deployment.id");
    const reply = await account.post(`${other.path}/rollback/validate`, { deployment_id: id });
    expect(reply.body).toMatchObject({
      valid: true,
      warnings: [{ code: "image_source_missing_digest", components: ["api"] }],
    });
  });

  test("an unknown deployment is 404", async () => {
    const reply = await account.post(`${path}/rollback/validate`, {
      deployment_id: "00000000-0000-4000-8000-000000000000",
    });
    expect(reply.status).toBe(404);
  });
});
