import type { ProviderSource } from "./child-environment.ts";
import { pinFindings } from "./pins.ts";
import { installPrograms, providerNames, type ProviderName } from "./provider-programs.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import type { Workspace } from "./workspace.ts";

/** Which providers play: those in this process, the programs that Terraform installs, or one program beside the other. */
export type ProvidersKind = "embedded" | "registry" | `registry:${ProviderName}`;

/** Every choice, as on the command line. */
export const providersKinds: readonly ProvidersKind[] = [
  "embedded",
  "registry",
  ...providerNames.map((name) => `registry:${name}` as const),
];

/** Provider programs that are installed, and the providers that play in this process instead. */
export interface StartedProviders {
  readonly embedded: readonly ProviderName[];
  readonly programs: readonly ProviderName[];
  /** Terraform configuration by which processes find the programs; none without programs. */
  readonly cliConfigFile?: string;
}

/** Providers that are ready. */
export interface Providers {
  readonly source: ProviderSource;
  /** Mistakes that they noticed: a rehearsal with any has failed. */
  findings(): readonly string[];
  close(): Promise<void>;
}

/**
 * Decides who plays each provider, and installs the programs.
 *
 * @throws CannotRehearse when a program cannot be had.
 */
export async function chooseProviders(
  kind: ProvidersKind,
  workspace: Workspace,
): Promise<StartedProviders> {
  const programs = providerNames.filter((name) => ["registry", `registry:${name}`].includes(kind));
  const embedded = providerNames.filter((name) => !programs.includes(name));
  if (programs.length === 0) return { embedded, programs };
  const cliConfigFile = await installPrograms(workspace, programs, process.env);
  return { embedded, programs, cliConfigFile };
}

/** Makes the providers ready. */
export async function startProvidersOf(
  { embedded, programs, cliConfigFile }: StartedProviders,
  cloud: RehearsalCloud,
  workspace: Workspace,
): Promise<Providers> {
  const { startProviders } = await import("@mam-infra/provider/server");
  const environment = { DIGITALOCEAN_TOKEN: cloud.credentials.digitalOceanToken };
  const running = await startProviders({ clock: cloud.clock, environment, names: embedded });
  return {
    source: {
      ...(embedded.length === 0 ? {} : { reattach: running.reattach }),
      ...(cliConfigFile === undefined ? {} : { cliConfigFile }),
    },
    findings: () => [...running.findings(), ...pinFindings(workspace.outdir, programs)],
    close: () => running.close(),
  };
}
