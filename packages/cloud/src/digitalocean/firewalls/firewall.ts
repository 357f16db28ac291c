import { randomUUID } from "node:crypto";

import { conflict, notFound, unprocessable } from "../api/errors.ts";
import type { Droplet } from "../droplets/model.ts";
import type { Store } from "../store.ts";
import type { Firewall, FirewallTarget } from "./model.ts";

/** What a firewall is asked to be; a change says all of it again. */
export type FirewallRequest = Pick<
  Firewall,
  "name" | "inbound_rules" | "outbound_rules" | "droplet_ids" | "tags"
>;

/** Finds a firewall. @throws ApiError 404. */
export function findFirewall({ firewalls }: Store, id: string): Firewall {
  const firewall = firewalls.find((one) => one.id === id);
  if (!firewall) throw notFound();
  return firewall;
}

/**
 * Creates a firewall.
 *
 * @throws ApiError 409 when the name is taken, 422 for one without a rule, and for a tag or a Droplet that does not exist.
 */
export function createFirewall(store: Store, request: FirewallRequest, at: Date): Firewall {
  check(store, request);
  const firewall: Firewall = { id: randomUUID(), ...request, created_at: at.toISOString() };
  store.firewalls.push(firewall);
  return firewall;
}

/** Changes a firewall. Refuses what {@link createFirewall} refuses. */
export function updateFirewall(store: Store, firewall: Firewall, request: FirewallRequest): void {
  check(store, request, firewall);
  Object.assign(firewall, request);
}

function check(store: Store, request: FirewallRequest, except?: Firewall): void {
  const { name, inbound_rules: inbound, outbound_rules: outbound } = request;
  if (store.firewalls.some((one) => one !== except && one.name === name)) {
    throw conflict("duplicate name");
  }
  if (inbound.length + outbound.length === 0) {
    throw unprocessable("firewall must have at least one rule");
  }
  const targets: readonly FirewallTarget[] = [
    request,
    ...inbound.map(({ sources }) => sources),
    ...outbound.map(({ destinations }) => destinations),
  ];
  for (const { tags = [], droplet_ids: ids = [] } of targets) {
    const tag = tags.find((one) => !store.tags.some((known) => known.name === one));
    if (tag !== undefined) throw unprocessable(`tag ${tag} does not exist`);
    const id = ids.find((one) => !store.droplets.some((droplet) => droplet.id === one));
    if (id !== undefined) throw unprocessable(`droplet ${id} does not exist`);
  }
}

/** Whether a firewall stands in front of a Droplet. */
export function covers({ tags, droplet_ids: ids }: Firewall, droplet: Droplet): boolean {
  return ids.includes(droplet.id) || droplet.tags.some((tag) => tags.includes(tag));
}

/** A firewall as the API shows it. */
export function describeFirewall(firewall: Firewall) {
  return { ...firewall, status: "succeeded", pending_changes: [] };
}
