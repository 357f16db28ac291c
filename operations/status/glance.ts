import type { z } from "zod";

import type { databaseCluster } from "@mam-infra/clients/digitalocean/databases";
import type { connectionPool, firewallRule } from "@mam-infra/clients/digitalocean/database-parts";
import type { uptimeCheck } from "@mam-infra/clients/digitalocean/monitoring";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Session } from "../context/session.ts";
import { ownChecks } from "../platform/observed-state.ts";
import { ownClusters } from "../platform/own-clusters.ts";
import { type RunningApp, runningApp } from "../platform/running-app.ts";

/** A cluster at a glance. Its password is in it: it is never written or shown. */
export interface GlancedCluster {
  readonly cluster: z.output<typeof databaseCluster>;
}

/** PostgreSQL at a glance. */
export interface GlancedPostgres extends GlancedCluster {
  readonly trustedSources: readonly z.output<typeof firewallRule>[];
  readonly pools: readonly z.output<typeof connectionPool>[];
}

/** What stands on DigitalOcean, as far as a glance tells it. */
export interface Glance {
  readonly app: RunningApp | undefined;
  /** The network of the clusters, which they cannot leave. */
  readonly vpc: { readonly id: string } | undefined;
  readonly postgres: GlancedPostgres | undefined;
  readonly valkey: GlancedCluster | undefined;
  readonly checks: readonly { readonly check: z.output<typeof uptimeCheck> }[];
}

/**
 * Asks the API for what changes by itself, for what the app's spec has to say, and for who may reach the database: five
 * requests, as long as every list has one page. For all else that only a person changes `mam verify` asks.
 */
export async function glanceAt(session: Session): Promise<Glance> {
  const { config } = session.environment;
  const api = session.clients.digitalOcean();
  const [app, clusters, checks] = await Promise.all([
    runningApp(session),
    clustersOf(api, config),
    ownChecks(api, config),
  ]);
  return { app, ...clusters, checks: checks.map((check) => ({ check })) };
}

async function clustersOf(api: DigitalOcean, config: EnvironmentConfig) {
  const { postgres, valkey } = await ownClusters(api, config);
  const network = (postgres ?? valkey)?.private_network_uuid;
  return {
    vpc: network ? { id: network } : undefined,
    postgres: postgres && (await postgresOf(api, postgres)),
    valkey: valkey && { cluster: valkey },
  };
}

async function postgresOf(
  api: DigitalOcean,
  cluster: GlancedCluster["cluster"],
): Promise<GlancedPostgres> {
  const of = { cluster_id: cluster.id };
  const [{ rules }, { pools }] = await Promise.all([
    api.call("getDatabaseFirewall", of),
    api.call("listConnectionPools", of),
  ]);
  return { cluster, trustedSources: rules ?? [], pools: pools ?? [] };
}
