import { confirmed } from "../../../support/deploying.ts";
import { deployEnvironment } from "../../../../operations/deploy/deploy.ts";
import type {
  DeploymentOptions,
  DeploymentResult,
} from "../../../../operations/deploy/deployment.ts";
import type { Override } from "../../../../operations/gate/gate.ts";
import type { ResourceChange } from "../../../../operations/terraform/plan-json.ts";
import { stackKinds } from "../../../../operations/terraform/stack-kinds.ts";
import { appValues, resourceChange } from "../../../support/plans.ts";
import { aDeployedEnvironment, theNextRelease } from "../../../support/recorded/environment.ts";
import { succeed } from "../../../support/recorded/platform.ts";
import { type World, hasState, openWorld } from "../../../support/recorded/world.ts";

/** What runs before. */
export const deployed = aDeployedEnvironment();

/** What is deployed: another image of the API. */
export const environment = theNextRelease(deployed);

/** Names of the stacks. */
export const [storage, data, app] = [
  "production-storage",
  "production-data",
  "production-app",
] as const;

/**
 * A release of everything: every stack changes, storage changes an output that the app reads, and the platform runs the
 * release as soon as it is waited for, unless a test lets it fail before.
 */
export function openChangedWorld(): World {
  const world = openWorld({ environment, deployed });
  for (const part of stackKinds) hasState(world, part);
  const outputs = { output_changes: { masters: { actions: ["update"] } } };
  world.terraform.plans(storage, {
    resource_changes: [tagged("aws_s3_bucket.masters")],
    ...outputs,
  });
  world.terraform.plans(data, { resource_changes: [tagged("digitalocean_vpc.network")] });
  world.terraform.plans(app, { resource_changes: [appWithImage("5")] });
  world.journal.after("waiting for the release to run", () => {
    const isDecided = world.platform.deployments.length > 1;
    if (!isDecided) succeed(world.platform, environment, "second");
  });
  return world;
}

function tagged(address: string): ResourceChange {
  return resourceChange(address, ["update"], { before: { tags: ["a"] }, after: { tags: ["b"] } });
}

/** A change of the app to an image of the API that is told apart by a digit. */
export function appWithImage(digit: string): ResourceChange {
  const after = appValues((spec) => {
    spec.service[0]!.image = [{ digest: `sha256:${digit.repeat(64)}` }];
  });
  return resourceChange("digitalocean_app.app", ["update"], { before: appValues(), after });
}

/** The doctor of a recorded world lacks the credentials of every platform. */
export const redDoctor: Override = {
  rule: "red-doctor",
  reason: "nothing but answers is recorded",
};

/** Deploys the release of a world; a red doctor is overridden. */
export function deploy(
  world: World,
  options: Partial<DeploymentOptions> = {},
): Promise<DeploymentResult> {
  return deployEnvironment(
    world.session,
    {
      ...confirmed,
      confirm: world.confirm(true),
      overrides: [redDoctor],
      ...options,
    },
    world.progress,
  );
}

/** Everything that a deployment does, in its order. */
const whole = [
  "doctor",
  "terraform plan production-app",
  "terraform plan production-data",
  "terraform plan production-storage",
  "asks whether to go on",
  "ledger: running",
  "terraform apply production-data",
  "terraform apply production-storage",
  "terraform plan production-app",
  "terraform apply production-app",
  "waiting for the release to run",
  "verifying",
  "ledger: succeeded",
];

/** What a deployment does as far as a step, and how it ends; all of it without a step. */
export function until(step = "ledger: succeeded", ...ending: readonly string[]): string[] {
  const position = whole.lastIndexOf(step);
  if (position < 0) throw new Error(`${step} is no step`);
  return [...whole.slice(0, position + 1), ...ending];
}
