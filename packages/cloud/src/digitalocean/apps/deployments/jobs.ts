import { admits } from "../../databases/firewall.ts";
import { hostOf, portOf, ports } from "../../databases/connections.ts";
import { isPostgres } from "../../databases/model.ts";
import type { DatabaseCluster } from "../../databases/model.ts";
import { addressAt } from "../../networks.ts";
import type { Store } from "../../store.ts";
import { environmentOf } from "../bindables.ts";
import type { App } from "../model.ts";
import type { AppSpec } from "../spec/spec.ts";

/** The address that an app has in its VPC. It may change; here it does not. */
export function vpcEgressAddress({ vpcs }: Store, spec: AppSpec): string | undefined {
  const vpc = vpcs.find(({ id }) => id === spec.vpc?.id);
  return vpc && addressAt(vpc.ip_range, 5);
}

interface Found {
  readonly cluster: DatabaseCluster;
  readonly isPrivate: boolean;
}

function clusterAt({ databases }: Store, host: string): Found | undefined {
  for (const cluster of databases) {
    if (host === hostOf(cluster, "private")) return { cluster, isPrivate: true };
    if (host === hostOf(cluster, "public")) return { cluster, isPrivate: false };
  }
  return undefined;
}

function unreachable(store: Store, app: App, spec: AppSpec, found: Found): string | undefined {
  const { cluster, isPrivate } = found;
  if (cluster.status === "creating" || cluster.destroying) return "connection refused";
  const inVpc = spec.vpc?.id === cluster.private_network_uuid;
  if (isPrivate && !inVpc) return "no route to the private network";
  const address = isPrivate ? vpcEgressAddress(store, spec) : app.egress_address;
  const source = isPrivate
    ? { address: address ?? "" }
    : { address: app.egress_address, app: app.id };
  return admits(cluster, source) ? undefined : "connection timed out: not a trusted source";
}

function refusedLogin(cluster: DatabaseCluster, url: URL): string | undefined {
  const [name, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const user = cluster.users.find((one) => one.name === name);
  if (user?.password !== password) return `password authentication failed for user "${name}"`;
  const port = Number(url.port);
  const database = url.pathname.slice(1);
  if (!isPostgres(cluster.engine)) {
    return port === portOf(cluster.engine) ? undefined : "connection refused";
  }
  if (port === ports.database) {
    return cluster.dbs.includes(database) ? undefined : `database "${database}" does not exist`;
  }
  const pool = port === ports.pool && cluster.pools.some((one) => one.name === database);
  return pool ? undefined : "connection refused";
}

const parseUrl = (text: string) => (URL.canParse(text) ? new URL(text) : undefined);

/**
 * Tries every database that a component's environment names by URL, as its container would: through the network and
 * the trusted sources, then with user, password and database.
 *
 * @returns what went wrong, one line for each variable; no line contains a password.
 */
export function databaseErrors(store: Store, app: App, spec: AppSpec, component: string): string[] {
  return [...environmentOf(store, app, spec, component)].flatMap(([key, value]) => {
    const url = parseUrl(value);
    const found = url && clusterAt(store, url.hostname);
    if (!found) return [];
    const error = unreachable(store, app, spec, found) ?? refusedLogin(found.cluster, url);
    return error === undefined ? [] : [`${key}: ${url.host}: ${error}`];
  });
}
