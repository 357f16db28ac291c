import { credentials as known } from "../../operations/context/credentials.ts";
import { placeVariable } from "../../operations/context/place.ts";
import { type PlatformClock, endpointsVariable } from "../../stacks/endpoints.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import type { Workspace } from "./workspace.ts";

const hcpVariable = known.hcpToken.variable;

/** How a child process finds its providers: some in this process, others as installed programs. */
export interface ProviderSource {
  /** Value of `TF_REATTACH_PROVIDERS`; absent when no provider plays in this process. */
  readonly reattach?: string;
  /** Terraform configuration that says where programs and HCP Terraform are; absent when there is neither. */
  readonly cliConfigFile?: string;
}

/**
 * The whole environment of a child process. It is made from nothing: what is not listed here does not reach a child, so
 * no credential of this machine can.
 *
 * @param secrets whether the supplied secrets are exported, as for a first deployment.
 */
export function childEnvironment(
  cloud: RehearsalCloud,
  workspace: Workspace,
  providers: ProviderSource,
  secrets: "supplied" | "sealed",
): Record<string, string> {
  const { credentials } = cloud;
  const supplied = { ...credentials.logs, ...(secrets === "supplied" ? credentials.supplied : {}) };
  return {
    PATH: process.env.PATH ?? "",
    HOME: workspace.home,
    TMPDIR: workspace.temporary,
    LANG: "C.UTF-8",
    ...quiet,
    ...endpoints(cloud, workspace),
    DIGITALOCEAN_TOKEN: credentials.digitalOceanToken,
    AWS_ACCESS_KEY_ID: credentials.spaces.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.spaces.secretAccessKey,
    AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
    ...(cloud.hcp ? { [hcpVariable]: credentials.hcpToken } : {}),
    TF_VAR_wasabi_access_key: credentials.wasabi.accessKeyId,
    TF_VAR_wasabi_secret_key: credentials.wasabi.secretAccessKey,
    ...terraformVariables(supplied),
    ...providerVariables(providers),
  };
}

/**
 * The same for a rehearsal or a test, which starts Terraform hundreds of times: it collects garbage less often
 * (docs/decisions/0037-terraform-collects-less-often.md). What is measured goes without.
 */
export function rehearsedEnvironment(
  ...known: Parameters<typeof childEnvironment>
): Record<string, string> {
  return { ...childEnvironment(...known), GOGC: "400" };
}

/** No colours, no questions, no calls home, no files in the home directory. */
const quiet = {
  CI: "1",
  NO_COLOR: "1",
  FORCE_COLOR: "0",
  CHECKPOINT_DISABLE: "1",
  DISABLE_VERSION_CHECK: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
};

function endpoints(cloud: RehearsalCloud, workspace: Workspace): Record<string, string> {
  return {
    [endpointsVariable]: JSON.stringify({ ...cloud.endpoints, clock: clockOf(cloud) }),
    MAM_ENVIRONMENT: cloud.environment.config.name,
    MAM_RELEASE_DIRECTORY: workspace.releases,
    CDKTF_OUTDIR: workspace.outdir,
    [placeVariable]: workspace.runs,
  };
}

/** The platforms' time, for commands that show what was when. */
function clockOf({ clock }: RehearsalCloud): PlatformClock {
  return { began: Date.now(), at: clock.now().getTime(), speed: clock.speed };
}

/** The variables by which Terraform finds providers and HCP Terraform. */
export function providerVariables({
  reattach,
  cliConfigFile,
}: ProviderSource): Record<string, string> {
  return {
    ...(reattach === undefined ? {} : { TF_REATTACH_PROVIDERS: reattach }),
    ...(cliConfigFile === undefined ? {} : { TF_CLI_CONFIG_FILE: cliConfigFile }),
  };
}

function terraformVariables(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`TF_VAR_${name.toLowerCase()}`, value]),
  );
}
