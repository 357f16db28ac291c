import { sealSecrets } from "../../operations/secrets/seal.ts";
import { survey } from "../../operations/verify/survey.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { succeeded } from "../stage/commands.ts";
import { newestState } from "../stage/states.ts";
import { stackParts } from "../stage/stacks.ts";
import type { Act, Stage } from "./act.ts";
import { deploymentIds } from "./deployments.ts";

/** After sealing, nothing is left to change, although secrets exist and nobody supplies them any more. */
export const unchanged: Act = {
  name: "unchanged",
  title: "secrets are sealed, and every plan is empty",
  after: ["deploy"],
  async play(stage) {
    const { sealedStacks, tell, holds } = stage;
    tell("sealing the secrets");
    await seal(stage);

    for (const part of stackParts) {
      tell(`cdktf diff and terraform plan: ${part}`);
      const { result, changes } = await sealedStacks.diff(part);
      holds(`cdktf diff of ${part} works without a secret`, succeeded(result));
      holds(
        `cdktf diff of ${part} finds nothing`,
        Object.entries(changes).map((change) => change.join(": ")),
      );
      const plan = await sealedStacks.plan(part);
      holds(`terraform plan of ${part} finds nothing`, plan.exitCode === 0 || [plan.log]);
    }
    holds(
      "no deployment was made",
      (await deploymentIds(stage.api, stage.cloud.environment.config)).length === 1,
    );
  },
};

async function seal(stage: Stage): Promise<void> {
  const { cloud, api, releases, stacks, holds } = stage;
  const { app } = await survey(api, cloud.environment.config);
  if (!app) {
    holds("there is an app to seal", ["the app is missing"]);
    return;
  }
  const storageKeyIds = await activeKeyIds(stage);
  const supplied = cloud.credentials.supplied;
  releases.writeSealed(sealSecrets(app, { supplied, storageKeyIds, sealed: undefined }));
  // Until a refresh is applied, the state contains the plaintext of a first deployment.
  const refreshed = await stacks.refreshApp();
  holds("the refresh that takes plaintext out of the state ends well", succeeded(refreshed));
  holds("the newest state contains no secret", plaintextIn(stage, Object.entries(supplied)));
}

function plaintextIn({ cloud }: Stage, secrets: readonly (readonly [string, string])[]): string[] {
  const state = newestState(cloud, "app");
  return secrets
    .filter(([, value]) => state.includes(value))
    .map(([name]) => `${name} stands in the state in clear`);
}

async function activeKeyIds({ cloud, stacks }: Stage): Promise<Record<ServiceRole, string>> {
  const { active } = cloud.environment.config.storage.accessKeys;
  const ids = await stacks.storageKeyIds();
  // `fromEntries` forgets that every role is there.
  return Object.fromEntries(
    serviceRoleNames.map((role) => [role, ids[`${role}_${active}`] ?? "missing"]),
  ) as Record<ServiceRole, string>;
}
