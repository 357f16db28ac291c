import { randomUUID } from "node:crypto";

import { unprocessable } from "../api/errors.ts";
import { isAddressOrRange, rangeContains } from "../networks.ts";
import type { Store } from "../store.ts";
import type { DatabaseCluster, FirewallRule } from "./model.ts";

/** A rule as a request brings it. */
export interface RequestedRule {
  readonly type: FirewallRule["type"];
  readonly value: string;
  readonly uuid?: string;
  readonly description?: string;
}

const largestRuleSet = 100;

const valueIsKnown: Record<FirewallRule["type"], (store: Store, value: string) => boolean> = {
  ip_addr: (_store, value) => isAddressOrRange(value),
  app: ({ apps }, value) => apps.some(({ id }) => id === value),
  tag: ({ tags }, value) => tags.some(({ name }) => name === value),
  droplet: ({ droplets }, value) => droplets.some(({ id }) => String(id) === value),
  k8s: () => false,
};

/**
 * The rules that a request leads to: all of the cluster's, because a PUT replaces them. A rule that was there before
 * keeps its id and its time, and gets the description that is sent, or none.
 *
 * Source: DigitalOcean API description, `databases/databases_update_firewall_rules.yml` (at most 100 rules);
 * docs.digitalocean.com/products/databases/postgresql/how-to/secure (addresses and ranges, IPv4 only).
 *
 * @throws ApiError 422 for a source that does not exist, is no IPv4 address or range, or comes twice.
 */
export function newRules(
  store: Store,
  cluster: DatabaseCluster,
  requested: readonly RequestedRule[],
  at: Date,
): FirewallRule[] {
  if (requested.length > largestRuleSet) {
    throw unprocessable(`a cluster can have at most ${largestRuleSet} trusted sources`);
  }
  const keys = requested.map(({ type, value }) => `${type}:${value}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) throw unprocessable(`trusted source ${twice} is given twice`);
  return requested.map(({ type, value, description }) => {
    if (!valueIsKnown[type](store, value)) {
      throw unprocessable(`trusted source ${type}:${value} is not valid`);
    }
    const known = cluster.rules.find((rule) => rule.type === type && rule.value === value);
    return {
      uuid: known?.uuid ?? randomUUID(),
      cluster_uuid: cluster.id,
      type,
      value,
      created_at: known?.created_at ?? at.toISOString(),
      ...(description === undefined ? {} : { description }),
    };
  });
}

/**
 * Whether anybody on the internet can open a connection: without any rule a cluster trusts everyone, which is how it
 * stands after its creation and again after a PUT of no rules.
 */
export function isOpenToInternet({ rules }: DatabaseCluster): boolean {
  return rules.length === 0 || rules.some(({ value }) => value.endsWith("/0"));
}

/** Where a connection comes from. */
export interface ConnectionSource {
  /** The address that the cluster sees. */
  readonly address: string;
  /** The app behind a public egress address; an `app` rule covers only that one, not the app's address in a VPC. */
  readonly app?: string;
}

/** Whether a cluster's trusted sources let a connection in. */
export function admits(cluster: DatabaseCluster, { address, app }: ConnectionSource): boolean {
  return (
    cluster.rules.length === 0 ||
    cluster.rules.some(
      ({ type, value }) =>
        (type === "ip_addr" && rangeContains(value, address)) || (type === "app" && value === app),
    )
  );
}
