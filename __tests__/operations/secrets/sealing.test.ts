import { readFileSync } from "node:fs";

import { plainProgress } from "../../../operations/command/progress.ts";
import { sealedPath } from "../../../operations/secrets/sealed-file.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { stackParts } from "../../../operations/terraform/stack-parts.ts";
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

test("once sealed, every plan is empty although no secret is supplied", async () => {
  const session = platform.session(withoutSecrets);
  const [stacks, surroundings] = [await synthesiseStacks(session), surroundingsOf(session)];
  const plans = stackParts.map(async (part) => {
    await prepare(stacks[part], surroundings);
    return plan(stacks[part], surroundings, { file: "plan", lockTimeout: "0s" });
  });

  expect((await Promise.all(plans)).map(({ changes }) => changes)).toEqual([false, false, false]);
}, 30_000);

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
