import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { versionDisagreements } from "@mam-infra/provider/engine/versions";
import { awsSchema, digitaloceanSchema } from "@mam-infra/provider/schemas/index";
import { providerSources, type ProviderName } from "./provider-programs.ts";

/**
 * What speaks against the provider pins of the stacks that `cdktf` wrote: Terraform never checks the pin of a provider
 * that it attaches to, so a rehearsal with another schema than the one deployed would end well and prove nothing.
 *
 * @param outdir directory that `cdktf` wrote to; it need not be there yet.
 * @param programs providers that play as programs: Terraform checks their pins itself.
 */
export function pinFindings(outdir: string, programs: readonly ProviderName[]): readonly string[] {
  const stacks = join(outdir, "stacks");
  if (!existsSync(stacks)) return [];
  const findings = readdirSync(stacks)
    .map((stack) => join(stacks, stack, "cdk.tf.json"))
    .filter((file) => existsSync(file))
    .flatMap((file) =>
      versionDisagreements(
        JSON.parse(readFileSync(file, "utf8")),
        [awsSchema, digitaloceanSchema],
        programs.map((name) => providerSources[name]),
      ),
    );
  // Stacks share their pins: one sentence says it for all of them.
  return [...new Set(findings)];
}
