import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { OpenRun } from "@mam-infra/cloud/hcp/runs/work";
import { terraformWorker } from "@mam-infra/engines";
import { writeAtomically } from "../../operations/context/atomic-write.ts";
import { type ProviderSource, providerVariables } from "./child-environment.ts";
import type { Mam } from "./mam.ts";
import type { Providers } from "./providers.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import { CannotRehearse, type Workspace } from "./workspace.ts";

/**
 * Lets Terraform find HCP Terraform on this machine, where it is played: by a block of its configuration, so that neither
 * the stacks nor Terraform are other ones, and no name, certificate or discovery is needed.
 */
export function reachingHcp(
  providers: Providers,
  { hcp }: RehearsalCloud,
  { root }: Workspace,
): Providers {
  if (!hcp) return providers;
  const { source } = providers;
  const { cliConfigFile: known } = source;
  const cliConfigFile = join(root, "terraform.tfrc");
  const before = known !== undefined && existsSync(known) ? readFileSync(known, "utf8") : "";
  writeAtomically(cliConfigFile, `${before}${hostBlock(`${hcp.url}/api/v2/`)}`);
  return { ...providers, source: { ...source, cliConfigFile } };
}

/** HCP Terraform's worker, and how its Terraform finds what is on this machine. */
interface PlayedWorker {
  readonly openRun: OpenRun;
  /** Says how, once that is known. */
  readonly findBy: (source: ProviderSource) => void;
}

/** A worker that runs the real Terraform with the providers of a rehearsal. */
export function hcpWorker(): PlayedWorker {
  const environment: Record<string, string> = {};
  return {
    openRun: terraformWorker({ environment: () => environment }),
    findBy: (source) => {
      Object.assign(environment, providerVariables(source));
    },
  };
}

/** The cloud block asks for the first service, references to other stacks for the second. */
const hostBlock = (api: string) =>
  [
    'host "app.terraform.io" {',
    "  services = {",
    `    "tfe.v2"   = ${JSON.stringify(api)}`,
    `    "tfe.v2.1" = ${JSON.stringify(api)}`,
    "  }",
    "}",
    "",
  ].join("\n");

/**
 * Makes the workspaces, as a person does before the first deployment.
 *
 * @throws CannotRehearse with what the command said.
 */
export async function bootstrapHcp({ environment }: RehearsalCloud, mam: Mam): Promise<void> {
  if (environment.config.state.backend.kind !== "hcp") return;
  const { exitCode, output } = await mam.run("state bootstrap");
  if (exitCode !== 0) throw new CannotRehearse(`mam state bootstrap failed:\n${output}`);
}
