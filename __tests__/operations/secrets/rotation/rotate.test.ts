import { readFileSync } from "node:fs";

import { plainProgress } from "../../../../operations/command/progress.ts";
import type { Session } from "../../../../operations/command/session.ts";
import { reloaded, rotationPath } from "../../../../operations/secrets/rotation/rotation-file.ts";
import { type RotationTools, rotate } from "../../../../operations/secrets/rotation/rotate.ts";
import { sealedPath } from "../../../../operations/secrets/sealed-file.ts";
import { sealEnvironment } from "../../../../operations/secrets/sealing.ts";
import { Interrupted } from "../../../../operations/terraform/interruption.ts";
import { apply, plan, prepare } from "../../../../operations/terraform/stack.ts";
import { surroundingsOf } from "../../../../operations/terraform/surroundings.ts";
import { synthesiseStacks } from "../../../../operations/terraform/synthesis.ts";
import { containerVariable, follow, linkFromApi } from "../../../../rehearsal/acts/mam/links.ts";
import { secretsIn } from "../../../../rehearsal/stage/secret-scan.ts";
import { type TestPlatform, openDeployedPlatform } from "../../../support/platform.ts";

const names = ["edge-signing-key", "database-user"] as const;
const request = { names, retire: false, withoutWaiting: undefined };

let platform: TestPlatform;
const told: string[] = [];
const progress = plainProgress((text) => told.push(text));

beforeAll(async () => {
  platform = await openDeployedPlatform();
  await sealEnvironment(platform.session(), progress);
}, 30_000);
afterAll(() => platform.end());

/** Deploys the app as `mam deploy` does, without its questions to the platforms. */
async function deploy(session: Session): Promise<void> {
  const [{ app }, surroundings] = [await synthesiseStacks(session), surroundingsOf(session)];
  const saved = { file: "plan", lockTimeout: "0s" };
  await prepare(app, surroundings);
  const { changes } = await plan(app, surroundings, saved);
  if (changes) await apply(app, surroundings, saved, () => undefined);
  await sealEnvironment(session, progress);
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

test("a rotation is interrupted after each of its steps, and the next command goes on there", async () => {
  const { cloud } = platform;
  const given = linkFromApi(cloud);
  const session = platform.session();
  const stagesNow = () => {
    const { rotation } = reloaded(session).environment;
    return names.map(
      (name) => `${rotation[name].active} ${rotation[name].rotation?.stage ?? "at rest"}`,
    );
  };

  await expect(rotate(session, request, failing, progress)).rejects.toThrow("no deployment");
  expect(stagesNow()).toEqual(["A fill", "A fill"]);

  const first = interrupted(reloaded(session));
  await expect(rotate(first.session, request, first.tools, progress)).rejects.toThrow(Interrupted);
  expect(stagesNow()).toEqual(["B switch", "B switch"]);
  expect(linkFromApi(cloud).slot).toBe("A");

  await expect(rotate(reloaded(session), request, failing, progress)).rejects.toThrow(
    "no deployment",
  );
  expect(stagesNow()).toEqual(["B switch", "B switch"]);

  const waiting = await rotate(reloaded(session), request, tools, progress);
  expect(stagesNow()).toEqual(["B wait", "B wait"]);
  const next = linkFromApi(cloud);
  const oldPassword = passwordOf("mam_app");
  expect([given.slot, next.slot]).toEqual(["A", "B"]);
  expect([await follow(cloud, given), await follow(cloud, next)]).toEqual([200, 200]);
  expect(apiConnectsAs()).toMatchObject({
    username: "mam_app_b",
    password: passwordOf("mam_app_b"),
  });

  const retiring = { ...request, retire: true };
  await expect(rotate(waiting, retiring, failing, progress)).rejects.toThrow("no deployment");
  expect(stagesNow()).toEqual(["B retire", "B retire"]);
  expect(await follow(cloud, given)).toBe(200);

  await rotate(reloaded(session), retiring, tools, progress);
  expect(stagesNow()).toEqual(["B at rest", "B at rest"]);
  expect([await follow(cloud, given), await follow(cloud, next)]).toEqual([403, 200]);
  expect(passwordOf("mam_app")).not.toBe(oldPassword);
}, 30_000);

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
    secretsIn([...told, ...files].join("\n"), "what was written", [...values, password]),
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
