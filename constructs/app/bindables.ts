import { type AppContext, databaseComponents } from "./context.ts";

/**
 * A bindable variable, which App Platform fills in when it deploys. The doubled dollar is Terraform's escape: a single
 * one would be a reference that Terraform resolves itself, and fails to.
 */
export function bindable(component: string, variable: string): string {
  return `$\${${component}.${variable}}`;
}

/**
 * URL of PostgreSQL inside the VPC: user and password are bindables, so that no secret stands in the spec, in a plan or
 * in a state. The host is the cluster's private one, because the bindable host is public even inside a VPC.
 */
export function postgresUrl(
  { host, port, database }: AppContext["data"]["postgres"]["direct"],
  component: string,
): string {
  return `postgresql://${credentials(component)}@${host}:${port}/${database}?sslmode=require`;
}

/** URL of Valkey inside the VPC, over TLS. */
export function valkeyUrl({ data: { valkey } }: AppContext): string {
  return `rediss://${credentials(databaseComponents.cache)}@${valkey.host}:${valkey.port}`;
}

function credentials(component: string): string {
  return `${bindable(component, "USERNAME")}:${bindable(component, "PASSWORD")}`;
}
