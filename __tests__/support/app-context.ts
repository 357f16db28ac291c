import type { AppContext } from "../../constructs/app/context.ts";
import { serviceRoleNames, type ServiceRole } from "../../constructs/storage/service-roles.ts";
import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { nothingRotated } from "../../environments/schema/rotation.ts";
import { production } from "../../environments/production.ts";
import { checked, release } from "./environments.ts";

/** A context of the app spec in which every value says where it comes from. */
export function anAppContext(input: EnvironmentInput = production): AppContext {
  const keys = serviceRoleNames.map((role) => [
    role,
    { id: `id of ${role}`, secret: `of ${role}` },
  ]);
  return {
    config: checked(input),
    release,
    rotation: nothingRotated,
    data: {
      vpcId: "vpc",
      postgres: {
        clusterName: "mam-production-postgres",
        direct: { host: "private-postgres", port: 25060, database: "mam" },
        pooled: { host: "private-postgres", port: 25061, database: "api" },
      },
      valkey: { clusterName: "mam-production-valkey", host: "private-valkey", port: 25061 },
    },
    storageKeys: Object.fromEntries(keys) as Record<ServiceRole, { id: string; secret: string }>,
    secrets: {
      supplied: (component, name) => `supplied ${name} of ${component}`,
      storageKey: (component, name, key) => `secret ${key.secret} as ${name} of ${component}`,
      preconditions: [],
    },
  };
}
