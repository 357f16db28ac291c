import { confirmed, silent } from "../../support/deploying.ts";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

import type { Slot } from "../../../environments/schema/rotation.ts";
import type { Session } from "../../../operations/context/session.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { rotateSecrets } from "../../../operations/commands/rotate.ts";
import { deploymentTool } from "../../../operations/deploy/rotation.ts";
import { rotationPath } from "../../../operations/secrets/rotation/rotation-file.ts";
import { containerVariable } from "../../../rehearsal/scenarios/mam/links.ts";
import { namedResources } from "../../../operations/plan/named.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

// One environment's life, from nothing on: each test begins where the one before it ended.

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.end());

/** Exports that nothing supplies any more, as in a later CI job. */
function sealedSession(changed: Readonly<Record<string, string>> = {}): Session {
  const names = Object.keys(platform.cloud.credentials.supplied);
  const without = names.map((name) => [`TF_VAR_${name.toLowerCase()}`, undefined] as const);
  return platform.session({ ...Object.fromEntries(without), ...changed });
}

const rotate = async (...operands: string[]) => {
  const tools = {
    confirm: confirmed.confirm,
    deploy: deploymentTool(confirmed.confirm),
    now: () => new Date(),
  };
  const request = { operands, retire: false };
  await rotateSecrets(sealedSession(), request, tools, silent);
  const retirement = { ...request, retire: true, now: "it leaked" };
  return rotateSecrets(sealedSession(), retirement, tools, silent);
};

const deployments = () => platform.cloud.digitalOcean.store.apps[0]!.deployments.length;
const edgeKeys = () => [
  ...platform.cloud.wasabi.account.users.get("mam-staging-edge-reader")!.accessKeys.keys(),
];
const jwtSecret = (slot: Slot) => containerVariable(platform.cloud, "api", `JWT_SECRET_${slot}`);

test("a first deployment names every resource of the app before anything is made, and asks once", async () => {
  const asked: string[] = [];
  const confirm = (text: string) => Promise.resolve(asked.push(text) > 0);
  const session = platform.session();
  const result = await deployEnvironment(session, { ...confirmed, confirm }, silent);
  const { app } = await synthesiseStacks(session);
  const addresses = namedResources(app).map(({ address }) => address);

  expect(result.ok).toBe(true);
  expect(addresses).toHaveLength(26);
  expect(asked).toHaveLength(1);
  expect(addresses.filter((address) => !asked[0]!.includes(`(${address})`))).toEqual([]);
});

test("an app's plan that came to do more since it was shown is asked about again, and left on a no", async () => {
  const [app] = platform.cloud.digitalOcean.store.apps;
  const api = app!.spec.services!.find(({ name }) => name === "api")!;
  const before = api.instance_count!;
  const asked: string[] = [];
  const confirm = (text: string) => {
    asked.push(text);
    if (asked.length === 2) api.instance_count = before + 1;
    return Promise.resolve(asked.length < 3);
  };
  const tools = { confirm, deploy: deploymentTool(confirm), now: () => new Date() };
  const request = { operands: ["storage-key-uploader"], retire: false };
  const made = deployments();
  const attempt = rotateSecrets(sealedSession(), request, tools, silent);

  await expect(attempt).rejects.toThrow("the plan of staging-app was not confirmed");
  expect(asked).toHaveLength(3);
  expect(asked[1]).not.toContain("staging-app\n");
  expect(asked[2]).toContain("could be planned only now, and does more than was said of it before");
  expect(asked[2]).toContain("change app mam-staging (digitalocean_app.app)");
  expect([api.instance_count, deployments()]).toEqual([before + 1, made]);
  api.instance_count = before;
  await rotate("storage-key-uploader");
});

test("a secret that was retired as leaked is refused for good, also with nobody to ask", async () => {
  await rotate("jwt-secret");
  const [before, made] = [[jwtSecret("A"), jwtSecret("B")], deployments()];
  const attended = platform.session({ CI: undefined });
  const result = await deployEnvironment(attended, confirmed, silent);

  expect(result).toMatchObject({ ok: false, entry: undefined });
  expect(result.findings).toMatchObject([
    { id: "retired-secret", resource: "JWT_SECRET_A", fix: "unset TF_VAR_jwt_secret_a" },
    { id: "retired-secret", resource: "JWT_SECRET_B", fix: "unset TF_VAR_jwt_secret_b" },
    { id: "active-slot", resource: "JWT_SECRET_B", fix: "unset TF_VAR_jwt_secret_b" },
  ]);
  expect([jwtSecret("A"), jwtSecret("B")]).toEqual(before);
  expect(deployments()).toBe(made);
});

test("files that are older than what runs change nothing, and are named", async () => {
  await rotate("storage-key-edge-reader");
  const [before, made] = [edgeKeys(), deployments()];
  const file = rotationPath(platform.session());
  const text = readFileSync(file);
  rmSync(file);
  const inCi = () => deployEnvironment(sealedSession({ CI: "1" }), confirmed, silent);
  const refused = await inCi();
  const { objects } = platform.cloud.spaces.store.buckets.get(
    "northlight-mam-terraform-state-staging",
  )!;
  objects.delete("staging.ledger.json");
  const withoutLedger = await inCi();
  writeFileSync(file, text);

  expect(refused).toMatchObject({ ok: false, entry: undefined });
  expect(refused.findings).toMatchObject([
    {
      id: "older-files",
      resource: file,
      found: expect.stringContaining("storage-key-edge-reader in revision 0"),
    },
  ]);
  expect(withoutLedger).toMatchObject({ ok: false, entry: undefined });
  expect(withoutLedger.findings).toContainEqual(
    expect.objectContaining({ id: "older-files", found: expect.stringContaining("jwt-secret") }),
  );
  expect(edgeKeys()).toEqual(before);
  expect(deployments()).toBe(made);
});
