import { storageTiers, bucketName } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, lines, list, steps, text } from "../model.ts";

/** How the environment is taken away, and what that loses. */
export function teardownSection(config: EnvironmentConfig): Section {
  const { name, tier, state } = config;
  const refused = tier === "production" && !state.destroy.allowed;
  return {
    title: "Teardown",
    goals: [{ want: "take it all down", title: "Teardown" }],
    blocks: [
      text(
        refused
          ? "It is refused: nothing of production that holds data may be destroyed, and no option lets it pass. Whoever ends production makes it no production first, in a change of its own that others read."
          : `It is refused until \`environments/${name}.ts\` allows it in writing.`,
      ),
      steps(
        "Take what has to stay: dumps, masters, the zone's records.",
        ...(config.services.worker.gpu
          ? [
              `Remove \`services.worker.gpu\`, and \`npx mam deploy ${name}\`: the machines with a card give back what they make, and go.`,
            ]
          : []),
        ...(tier === "production" ? ["Set `tier` to `staging`, in a commit of its own."] : []),
        'Set `state.destroy: { allowed: true, allowedReason: "…" }`.',
        `Empty the buckets, every version: ${storageTiers.map((one) => `\`${bucketName(config, one)}\``).join(", ")}. A locked version stays until its days are over.`,
        `\`npx mam dashboard ${name} remove\` takes the dashboard and its rules away, which Terraform does not know.`,
        "`TF_VAR_wasabi_access_key` and `TF_VAR_wasabi_secret_key` of an administrator: whoever deploys deletes no bucket and no user, and the line would end half-way.",
        "The line below. Then delete the user of the deployer at Wasabi, the states, and the environment's files.",
      ),
      lines("sh", `npx cdktf destroy '${name}-*' --auto-approve`),
      list(
        "Lost with it: the databases with all their backups, the app's default address, and what the sealed secrets can be opened with.",
        "The zone goes with it, and every record in it, whoever made it.",
        "More: [stateful resources](stateful-resources.md#tearing-an-environment-down).",
      ),
    ],
  };
}
