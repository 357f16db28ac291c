import { stackKinds } from "../../operations/terraform/stack-kinds.ts";
import { succeeded } from "../harness/commands.ts";
import { newestState } from "../harness/states.ts";
import type { Scenario, ScenarioContext } from "../harness/scenario.ts";
import { deploymentIds } from "./deployments.ts";

/** After sealing, nothing is left to change, although secrets exist and nobody supplies them any more. */
export const unchanged: Scenario = {
  name: "unchanged",
  title: "secrets are sealed, and every plan is empty",
  after: ["deploy"],
  async play(context) {
    const { sealedStacks, tell, expect } = context;
    tell("sealing the secrets");
    await seal(context);

    for (const kind of stackKinds) {
      tell(`cdktf diff and terraform plan: ${kind}`);
      const { result, changes } = await sealedStacks.diff(kind);
      expect(`cdktf diff of ${kind} works without a secret`, succeeded(result));
      expect(
        `cdktf diff of ${kind} finds nothing`,
        Object.entries(changes).map((change) => change.join(": ")),
      );
      const plan = await sealedStacks.plan(kind);
      expect(`terraform plan of ${kind} finds nothing`, plan.exitCode === 0 || [plan.log]);
    }
    expect(
      "no deployment was made",
      (await deploymentIds(context.api, context.cloud.environment.config)).length === 1,
    );
  },
};

async function seal(context: ScenarioContext): Promise<void> {
  const { cloud, mam, expect } = context;
  expect("mam secrets seal ends well", succeeded(await mam.run("secrets seal")));
  const secrets = Object.entries(cloud.credentials.supplied);
  expect("the newest state contains no secret", plaintextIn(context, secrets));
}

function plaintextIn(
  { cloud }: ScenarioContext,
  secrets: readonly (readonly [string, string])[],
): string[] {
  const state = newestState(cloud, "app");
  return secrets
    .filter(([, value]) => state.includes(value))
    .map(([name]) => `${name} stands in the state in clear`);
}
