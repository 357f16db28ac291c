import { digitalOceanTypes } from "./digitalocean-types.ts";
import type { LeftoverType } from "./leftover-type.ts";
import { machineTypes } from "./machine-types.ts";
import { wasabiTypes } from "./wasabi-types.ts";

/** Resource types of which something may be left over. Adding one is adding a row. */
export const leftoverTypes: readonly LeftoverType[] = [
  ...digitalOceanTypes,
  ...machineTypes,
  ...wasabiTypes,
];

/**
 * Resource types that stand in something else and have no existence of their own: a deployment writes them over,
 * whatever stands there and whether a state knows it or not.
 */
export const writtenOver: Readonly<Record<string, string>> = {
  digitalocean_database_firewall: "the trusted sources of a cluster",
  digitalocean_database_postgresql_config: "the settings of a cluster",
  digitalocean_database_valkey_config: "the settings of a cluster",
  digitalocean_project_resources: "the members of a project",
  terraform_data: "what a machine was made from, which is in the state alone",
};
