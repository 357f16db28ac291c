import { stackParts } from "../../operations/terraform/stack-parts.ts";
import { succeeded } from "../harness/commands.ts";
import { newestState } from "../harness/states.ts";
import type { Act, Stage } from "../harness/scenario.ts";
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
  const { cloud, mam, holds } = stage;
  holds("mam secrets seal ends well", succeeded(await mam.run("secrets seal")));
  const secrets = Object.entries(cloud.credentials.supplied);
  holds("the newest state contains no secret", plaintextIn(stage, secrets));
}

function plaintextIn({ cloud }: Stage, secrets: readonly (readonly [string, string])[]): string[] {
  const state = newestState(cloud, "app");
  return secrets
    .filter(([, value]) => state.includes(value))
    .map(([name]) => `${name} stands in the state in clear`);
}
