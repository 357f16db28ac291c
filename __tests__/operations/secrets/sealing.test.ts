import { readFileSync } from "node:fs";

import { makeChecks } from "../../../operations/command/check.ts";
import { plainProgress } from "../../../operations/command/progress.ts";
import type { Session } from "../../../operations/command/session.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { sealingChecks } from "../../../operations/secrets/checks.ts";
import { sealedPath } from "../../../operations/secrets/sealed-file.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { plan, prepare } from "../../../operations/terraform/stack.ts";
import { surroundingsOf } from "../../../operations/terraform/surroundings.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { newestState } from "../../../rehearsal/stage/states.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
let withoutSecrets: Readonly<Record<string, undefined>>;

const quiet = plainProgress(() => undefined);

beforeAll(async () => {
  platform = await openDeployedPlatform();
  const names = Object.keys(platform.cloud.credentials.supplied);
  withoutSecrets = Object.fromEntries(
    names.map((name) => [`TF_VAR_${name.toLowerCase()}`, undefined]),
  );
}, 30_000);

afterAll(() => platform.end());

/** The supplied secrets that a text contains. Storage keys are part of every state that reads the storage stack's. */
function secretsIn(text: string): string[] {
  const { supplied } = platform.cloud.credentials;
  return Object.values(supplied).filter((value) => text.includes(value));
}

const findingsOf = async (session: Session) =>
  (await makeChecks(sealingChecks, doctorContext(session))).findings;

test("an app whose secrets are not sealed is a warning for each of them", async () => {
  const findings = await findingsOf(platform.session());

  expect(new Set(findings.map(({ id }) => id))).toEqual(new Set(["deployed-is-sealed"]));
  expect(findings.map(({ resource }) => resource)).toContain("EDGE_SIGNING_KEY_A of api, edge");
});

test("sealing without a secret's plaintext names the variable, and writes nothing", async () => {
  const session = platform.session({ TF_VAR_jwt_secret_a: undefined });

  await expect(sealEnvironment(session, quiet)).rejects.toThrow("export TF_VAR_jwt_secret_a");
  expect(() => readFileSync(sealedPath(session))).toThrow("ENOENT");
});

test("sealing takes every plaintext out of the newest state of the app", async () => {
  expect(secretsIn(newestState(platform.cloud, "app")).length).toBeGreaterThan(5);

  const session = platform.session();
  const sealed = await sealEnvironment(session, quiet);

  expect(secretsIn(newestState(platform.cloud, "app"))).toEqual([]);
  expect(secretsIn(readFileSync(sealedPath(session), "utf8"))).toEqual([]);
  expect(platform.session(withoutSecrets).environment.sealed).toEqual(sealed);
}, 30_000);

test("once sealed, the plan is empty although no secret is supplied, and no check objects", async () => {
  const session = platform.session(withoutSecrets);
  const [{ app }, surroundings] = [await synthesiseStacks(session), surroundingsOf(session)];
  await prepare(app, surroundings);
  const { changes } = await plan(app, surroundings, { file: "plan", lockTimeout: "0s" });

  expect(changes).toBe(false);
  expect(await findingsOf(session)).toEqual([]);
}, 30_000);

test("a ciphertext that was replaced behind the sealed file's back is an error", async () => {
  const [app] = platform.cloud.digitalOcean.store.apps;
  const api = app!.spec.services!.find(({ name }) => name === "api")!;
  const variable = api.envs!.find(({ key }) => key === "JWT_SECRET_A")!;
  const before = variable.value!;
  variable.value = api.envs!.find(({ key }) => key === "JWT_SECRET_B")!.value!;
  const findings = await findingsOf(platform.session(withoutSecrets));
  variable.value = before;

  expect(findings).toMatchObject([
    { id: "sealed-as-deployed", severity: "error", resource: "JWT_SECRET_A of api" },
  ]);
});

test("a storage key is as old as Wasabi says", async () => {
  const user = platform.cloud.wasabi.account.users.get("mam-staging-uploader")!;
  for (const [id, key] of user.accessKeys) {
    user.accessKeys.set(id, { ...key, createdAt: new Date(Date.now() - 100 * 86_400_000) });
  }

  expect(await findingsOf(platform.session(withoutSecrets))).toMatchObject([
    { id: "secret-age", resource: "WASABI_STAGING_SECRET of api", found: "100 days" },
  ]);
});

test("sealing again without a secret changes neither the file nor the state", async () => {
  const session = platform.session(withoutSecrets);
  const [file, state] = [
    readFileSync(sealedPath(session), "utf8"),
    newestState(platform.cloud, "app"),
  ];

  await sealEnvironment(session, quiet);

  expect(readFileSync(sealedPath(session), "utf8")).toBe(file);
  expect(newestState(platform.cloud, "app")).toBe(state);
}, 30_000);
