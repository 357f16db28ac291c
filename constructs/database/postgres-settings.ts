import type { DatabaseFirewall } from "@cdktf/provider-digitalocean/lib/database-firewall/index.js";
import type { DatabasePostgresqlConfigConfig } from "@cdktf/provider-digitalocean/lib/database-postgresql-config/index.js";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/**
 * The PostgreSQL settings that differ from DigitalOcean's own. A setting of 0 would not be sent by the provider, so
 * none of them can be 0.
 */
export function postgresSettings(
  { database: { settings } }: EnvironmentConfig,
  clusterId: string,
  firewall: DatabaseFirewall,
): DatabasePostgresqlConfigConfig {
  return {
    clusterId,
    timezone: "UTC",
    logMinDurationStatement: settings.slowQueryMilliseconds,
    idleInTransactionSessionTimeout: settings.idleInTransactionSeconds * 1000,
    workMem: settings.workMemoryMib,
    autovacuumVacuumScaleFactor: settings.autovacuumScaleFactor,
    backupHour: settings.backupHour,
    trackIoTiming: "on",
    pgStatStatementsTrack: "top",
    dependsOn: [firewall],
  };
}
