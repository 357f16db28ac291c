import type { DigitalOceanResource } from "./calls.ts";
import { app } from "./app.ts";
import { databaseCluster } from "./database-cluster.ts";
import { databaseConnectionPool } from "./database-connection-pool.ts";
import { databaseDb } from "./database-db.ts";
import { databaseFirewall } from "./database-firewall.ts";
import { databaseLogsinkOpensearch } from "./database-logsink-opensearch.ts";
import { databaseLogsinkRsyslog } from "./database-logsink-rsyslog.ts";
import { databasePostgresqlConfig } from "./database-postgresql-config.ts";
import { databaseUser } from "./database-user.ts";
import { databaseValkeyConfig } from "./database-valkey-config.ts";
import { domain } from "./domain.ts";
import { droplet } from "./droplet.ts";
import { firewall } from "./firewall.ts";
import { monitorAlert } from "./monitor-alert.ts";
import { projectResources } from "./project-resources.ts";
import { project } from "./project.ts";
import { record } from "./record.ts";
import { tag } from "./tag.ts";
import { uptimeAlert } from "./uptime-alert.ts";
import { uptimeCheck } from "./uptime-check.ts";
import { vpc } from "./vpc.ts";

/** Every resource type of the rehearsed DigitalOcean provider. A new one is one line here. */
export const digitaloceanResources: readonly DigitalOceanResource[] = [
  app,
  databaseCluster,
  databaseConnectionPool,
  databaseDb,
  databaseFirewall,
  databaseLogsinkOpensearch,
  databaseLogsinkRsyslog,
  databasePostgresqlConfig,
  databaseUser,
  databaseValkeyConfig,
  domain,
  droplet,
  firewall,
  monitorAlert,
  project,
  projectResources,
  record,
  tag,
  uptimeAlert,
  uptimeCheck,
  vpc,
];
