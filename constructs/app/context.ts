import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Release } from "../../environments/schema/release.ts";
import type { Rotation, Slot } from "../../environments/schema/rotation.ts";
import type { PrivateAddress } from "../database/postgres.ts";
import type { AppSecrets } from "../secrets/app-secrets.ts";
import type { ServiceRole } from "../storage/service-roles.ts";
import type { StorageKey } from "../storage/service-users.ts";

/** What the data stack gives to the app. */
export interface DataWiring {
  readonly vpcId: string;
  readonly postgres: {
    readonly clusterName: string;
    readonly direct: PrivateAddress;
    readonly pooled: PrivateAddress;
  };
  readonly valkey: { readonly clusterName: string; readonly host: string; readonly port: number };
}

/** Everything that the app spec is made from. The functions beside this file turn it into components, and read nothing else. */
export interface AppContext {
  readonly config: EnvironmentConfig;
  readonly release: Release;
  readonly rotation: Rotation;
  readonly data: DataWiring;
  /** The active storage key of each role. */
  readonly storageKeys: Readonly<Record<ServiceRole, StorageKey>>;
  readonly secrets: Pick<AppSecrets, "supplied" | "storageKey" | "preconditions">;
}

/**
 * The database components of the app spec. Their names are what bindable variables start with. The administrator exists
 * because a migration alters the schema, which the API's own users may not.
 */
export const databaseComponents = {
  application: { A: "postgres", B: "postgres-b" } satisfies Record<Slot, string>,
  administrator: "postgres-admin",
  cache: "valkey",
} as const;

/** The component that migrates the database before a deployment. */
export const migrationJobName = "migrate";

/** The worker that dumps the database. */
export const backupName = "backup";

/** What has environment variables: the four components, the migration job and the backup. */
export type VariableComponent =
  "frontend" | "api" | "worker" | "edge" | typeof migrationJobName | typeof backupName;
