import { readFileSync } from "node:fs";

import { runChecks } from "../../../operations/context/check.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { sealingChecks } from "../../../operations/doctor/secrets.ts";
import { reloaded, rotationPath } from "../../../operations/secrets/rotation/rotation-file.ts";
import { type RotationTools, rotate } from "../../../operations/secrets/rotation/rotate.ts";
import { sealedPath, writeSealed } from "../../../operations/secrets/sealed-file.ts";
import { sealEnvironment, sealedNow } from "../../../operations/secrets/sealing.ts";
import { AbortError } from "@mam-infra/clients/abort";
import { runTerraform } from "../../../operations/terraform/process.ts";
import { plan, prepare } from "../../../operations/terraform/stack.ts";
import { terraformRuntime } from "../../../operations/terraform/runtime.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import {
  type GivenLink,
  containerVariable,
  follow,
  linkFromApi,
} from "../../../rehearsal/scenarios/mam/links.ts";
import { secretsInText } from "../../../rehearsal/harness/secret-scan.ts";
import { newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

const names = ["edge-signing-key", "database-user", "storage-key-edge-reader"] as const;
const request = { names, retire: false, withoutWaiting: undefined };

let platform: TestPlatform;
let withoutSecrets: Readonly<Record<string, undefined>>;
const told: string[] = [];
const progress = plainProgress((text) => told.push(text));

// Every test goes on where the one before has left the platform.
beforeAll(async () => {
  platform = await openDeployedPlatform();
  const names = Object.keys(platform.cloud.credentials.supplied);
  withoutSecrets = Object.fromEntries(
    names.map((name) => [`TF_VAR_${name.toLowerCase()}`, undefined]),
  );
}, 30_000);
afterAll(() => platform.end());

/** The supplied secrets that a text contains. Storage keys are part of every state that reads the storage stack's. */
function suppliedIn(text: string): string[] {
  const { supplied } = platform.cloud.credentials;
  return Object.values(supplied).filter((value) => text.includes(value));
}

const findingsOf = async (session: Session) =>
  (await runChecks(sealingChecks, doctorContext(session))).findings;

test("an app whose secrets are not sealed is a warning for each of them", async () => {
  const findings = await findingsOf(platform.session());

  expect(new Set(findings.map(({ id }) => id))).toEqual(new Set(["deployed-is-sealed"]));
  expect(findings.map(({ resource }) => resource)).toContain("EDGE_SIGNING_KEY_A of api, edge");
});

test("sealing without a secret's plaintext names the variable, and writes nothing", async () => {
  const session = platform.session({ TF_VAR_jwt_secret_a: undefined });

  await expect(sealEnvironment(session, progress)).rejects.toThrow("export TF_VAR_jwt_secret_a");
  expect(() => readFileSync(sealedPath(session))).toThrow("ENOENT");
});

test("sealing takes every plaintext out of the newest state of the app", async () => {
  expect(suppliedIn(newestState(platform.cloud, "app")).length).toBeGreaterThan(5);

  const session = platform.session();
  const sealed = await sealEnvironment(session, progress);

  expect(suppliedIn(newestState(platform.cloud, "app"))).toEqual([]);
  expect(suppliedIn(readFileSync(sealedPath(session), "utf8"))).toEqual([]);
  expect(platform.session(withoutSecrets).environment.sealed).toEqual(sealed);
}, 30_000);

test("once sealed, the plan is empty although no secret is supplied, and no check objects", async () => {
  const session = platform.session(withoutSecrets);
  const { app } = await synthesiseStacks(session);
  const runtime = terraformRuntime(session, app);
  await prepare(app, runtime);
  const { changes } = await plan(app, runtime);

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

  await sealEnvironment(session, progress);

  expect(readFileSync(sealedPath(session), "utf8")).toBe(file);
  expect(newestState(platform.cloud, "app")).toBe(state);
}, 30_000);

/**
 * Deploys storage and app, and seals, as `mam deploy` does; without its questions, and without taking plaintext out of
 * the state, which is tried above.
 */
async function deploy(session: Session): Promise<void> {
  const { storage, app } = await synthesiseStacks(session);
  const options = ["-auto-approve", "-input=false", "-refresh=false", "-json"];
  for (const stack of [storage, app]) {
    const runtime = terraformRuntime(session, stack);
    await prepare(stack, runtime);
    await runTerraform(runtime, ["apply", ...options], stack);
  }
  writeSealed(session, await sealedNow(session));
}

const tools: RotationTools = { deploy, now: () => new Date() };
const failing: RotationTools = {
  ...tools,
  deploy: () => Promise.reject(new Error("no deployment")),
};

const passwordOf = (user: string) =>
  platform.cloud.digitalOcean.store.databases
    .flatMap(({ users }) => users)
    .find(({ name }) => name === user)?.password;

/** Ids of the keys that Wasabi takes from the edge, and whether it has one of them. */
const edgeKeys = () => {
  const user = platform.cloud.wasabi.account.users.get("mam-staging-edge-reader");
  const used = containerVariable(platform.cloud, "edge", "WASABI_PREVIEWS_ACCESS_KEY");
  return { valid: [...(user?.accessKeys.keys() ?? [])], used };
};

const statusesOf = (...links: GivenLink[]) =>
  Promise.all(links.map((link) => follow(platform.cloud, link)));

const apiConnectsAs = () => new URL(containerVariable(platform.cloud, "api", "POSTGRES_URL"));

/** An interruption that comes while something is deployed. */
function interrupted(session: Session): { session: Session; tools: RotationTools } {
  const controller = new AbortController();
  return {
    session: { ...session, interruption: controller.signal },
    tools: {
      ...tools,
      deploy: async (inside) => {
        await deploy({ ...inside, interruption: session.interruption });
        controller.abort();
      },
    },
  };
}

/** Stages in which the rotation file has the secrets: one, since they go through them together. */
const stagesNow = () => {
  const { rotation } = reloaded(platform.session()).environment;
  const stages = names.map(
    (name) => `${rotation[name].active} ${rotation[name].rotation?.stage ?? "at rest"}`,
  );
  return [...new Set(stages)];
};

const noDeployment = (options = request) =>
  expect(rotate(platform.session(), options, failing, progress)).rejects.toThrow("no deployment");

// Each of these goes on where the one before was interrupted.
describe("a rotation that is interrupted after each of its steps", () => {
  let given: GivenLink;
  let oldKey: string;
  let oldPassword: string | undefined;

  beforeAll(() => {
    given = linkFromApi(platform.cloud);
    oldKey = edgeKeys().used;
    oldPassword = passwordOf("mam_app");
  });

  test("stays in its first stage when nothing could be deployed", async () => {
    await noDeployment();

    expect(stagesNow()).toEqual(["A fill"]);
  });

  test("finishes the stage that it is in, and has not switched", async () => {
    const { session, tools: interrupting } = interrupted(platform.session());
    const attempt = rotate(session, request, interrupting, progress);

    await expect(attempt).rejects.toThrow(AbortError);
    expect(stagesNow()).toEqual(["B switch"]);
    expect(linkFromApi(platform.cloud).slot).toBe("A");
    expect(edgeKeys()).toMatchObject({ used: oldKey });
    expect(edgeKeys().valid).toHaveLength(2);
    expect(apiConnectsAs().username).toBe("mam_app");
    await noDeployment();
    expect(stagesNow()).toEqual(["B switch"]);
  }, 30_000);

  test("switches, and whatever is old is accepted as before", async () => {
    await rotate(platform.session(), request, tools, progress);
    const next = linkFromApi(platform.cloud);

    expect(stagesNow()).toEqual(["B wait"]);
    expect(next.slot).toBe("B");
    expect(await statusesOf(given, next)).toEqual([200, 200]);
    expect(edgeKeys().valid).toEqual([oldKey, edgeKeys().used]);
    expect(apiConnectsAs()).toMatchObject({
      username: "mam_app_b",
      password: passwordOf("mam_app_b"),
    });
    expect(passwordOf("mam_app")).toBe(oldPassword);
  }, 30_000);

  test("has refused nobody when a retirement could not be deployed", async () => {
    await noDeployment({ ...request, retire: true });

    expect(stagesNow()).toEqual(["B retire"]);
    expect(await statusesOf(given)).toEqual([200]);
    expect(edgeKeys().valid).toContain(oldKey);
  });

  test("retires what is old, which is refused from then on", async () => {
    const next = linkFromApi(platform.cloud);
    await rotate(platform.session(), { ...request, retire: true }, tools, progress);

    expect(stagesNow()).toEqual(["B at rest"]);
    expect(await statusesOf(given, next)).toEqual([403, 200]);
    expect(edgeKeys().valid).toEqual([edgeKeys().used]);
    expect(passwordOf("mam_app")).not.toBe(oldPassword);
    expect(apiConnectsAs().password).toBe(passwordOf("mam_app_b"));
  }, 30_000);
});

test("what was told and written contains none of the values", () => {
  const session = platform.session();
  const values = ["EDGE_SIGNING_KEY_A", "EDGE_SIGNING_KEY_B"].map((name) => ({
    name,
    value: containerVariable(platform.cloud, "api", name),
  }));
  const password = { name: "password", value: passwordOf("mam_app_b") ?? "" };
  const files = [rotationPath(session), sealedPath(session)].map((file) =>
    readFileSync(file, "utf8"),
  );

  expect(
    secretsInText([...told, ...files].join("\n"), "what was written", [...values, password]),
  ).toEqual([]);
});

test("what runs is asked before anything is replaced: after the platform's own rollback nothing is", async () => {
  const { digitalOcean } = platform.cloud;
  const [app] = digitalOcean.store.apps;
  const active = app!.deployments.find(({ id }) => id === app!.active_deployment)!;
  const api = active.spec.services!.find(({ name }) => name === "api")!;
  const selector = api.envs!.find(({ key }) => key === "EDGE_SIGNING_KEY_ACTIVE")!;
  const before = selector.value;
  selector.value = "A";
  try {
    const attempt = rotate(
      platform.session(),
      { ...request, names: ["edge-signing-key"] },
      failing,
      progress,
    );

    await expect(attempt).rejects.toThrow("api runs with EDGE_SIGNING_KEY_ACTIVE=A");
  } finally {
    selector.value = before!;
  }
});

test("values that a person still supplies from the first deployment are not deployed again", async () => {
  const session = platform.session();
  expect(session.supplied.EDGE_SIGNING_KEY_A).toBeDefined();
  let deployed: Session | undefined;
  const recording: RotationTools = {
    ...tools,
    deploy: (inside) => {
      deployed = inside;
      return Promise.reject(new Error("no deployment"));
    },
  };
  const attempt = rotate(session, { ...request, names: ["edge-signing-key"] }, recording, progress);
  await expect(attempt).rejects.toThrow("no deployment");

  expect(deployed?.supplied.EDGE_SIGNING_KEY_A).not.toBe(session.supplied.EDGE_SIGNING_KEY_A);
  expect(deployed?.variables.TF_VAR_edge_signing_key_b).toBeUndefined();
  expect(deployed?.supplied.JWT_SECRET_A).toBe(session.supplied.JWT_SECRET_A);
});

test.each([
  ["edge-signing-key", "EDGE_SIGNING_KEY_A is not sealed for api, edge", "fill"],
  ["storage-key-uploader", "Wasabi has 1 keys of uploader, not two", "fill"],
  ["database-user", "api does not connect as mam_app", "switch"],
] as const)(
  "%s stays in its stage when a deployment changed nothing",
  async (name, reason, stage) => {
    const pretending: RotationTools = { ...tools, deploy: () => Promise.resolve() };
    const attempt = rotate(platform.session(), { ...request, names: [name] }, pretending, progress);

    await expect(attempt).rejects.toThrow(reason);
    expect(reloaded(platform.session()).environment.rotation[name].rotation?.stage).toBe(stage);
  },
);
