import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import type { ProviderSource } from "./child-environment.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";

/** Which providers play: those in this process, or the programs that Terraform installs. */
export type ProvidersKind = ProviderSource["kind"];

/** Providers that are ready. */
export interface Providers {
  readonly source: ProviderSource;
  /** Mistakes that they noticed: a rehearsal with any has failed. */
  findings(): readonly string[];
  close(): Promise<void>;
}

/** Makes the providers ready. */
export async function startProvidersOf(
  kind: ProvidersKind,
  cloud: RehearsalCloud,
): Promise<Providers> {
  if (kind === "registry") return registryProviders();
  const { startProviders } = await import("../provider/server.ts");
  const environment = { DIGITALOCEAN_TOKEN: cloud.credentials.digitalOceanToken };
  const embedded = await startProviders({ clock: cloud.clock, environment });
  return {
    source: { kind, reattach: embedded.reattach },
    findings: () => embedded.findings(),
    close: () => embedded.close(),
  };
}

/** Terraform installs the programs itself, from where this machine's Terraform configuration says. */
function registryProviders(): Providers {
  // The child's home directory is another one, so the configuration of this one is handed on by name.
  const candidates = [process.env.TF_CLI_CONFIG_FILE, join(homedir(), ".terraformrc")];
  const cliConfigFile = candidates.find((file) => file !== undefined && existsSync(file));
  return {
    source: { kind: "registry", cliConfigFile },
    findings: () => [],
    close: () => Promise.resolve(),
  };
}
