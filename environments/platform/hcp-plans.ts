/** Limits of HCP Terraform's free plan (developer.hashicorp.com/terraform/cloud-docs/overview, read 2026-11-28). */
export const freePlan = {
  /** Managed resources in all states of an organisation. */
  resources: 500,
  /** Runs that work at the same time, in the whole organisation. */
  runs: 1,
} as const;

/** More resources than an environment has in its three states: staging 70, and a test counts production's. */
export const resourcesOfEnvironment = 80;

/** How many environments an organisation on the free plan has room for. */
export const environmentsOnFreePlan = Math.floor(freePlan.resources / resourcesOfEnvironment);
