import type { z } from "zod";

import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { firewallRule } from "@mam-infra/clients/digitalocean/database-parts";

type Rule = z.output<typeof firewallRule>;

/** Attempts at a change: somebody else may write all rules in between. */
const attempts = 4;

/**
 * Lets an address in to a cluster, beside everything that it trusts. A write replaces all rules, so that what stands is
 * read before, and read again after: an answer that got lost, or somebody who wrote at the same time, is noticed by what
 * stands.
 *
 * @returns whether it was not trusted before.
 * @throws Error when the cluster has no rules, because a first one would shut everybody else out.
 */
export async function trust(
  api: DigitalOcean,
  cluster_id: string,
  address: string,
): Promise<boolean> {
  const before = await rulesOf(api, cluster_id);
  if (before.length === 0) {
    throw new Error(
      "the cluster has no trusted sources: it is open to the internet, and one for this machine would shut the platform out\n  fix: mam deploy writes the trusted sources again",
    );
  }
  if (before.some((rule) => isFor(rule, address))) return false;
  await change(api, cluster_id, {
    wanted: (rules) => rules.some((rule) => isFor(rule, address)),
    next: (rules) => [...rules, newRule(cluster_id, address)],
  });
  return true;
}

/** Takes addresses out of what a cluster trusts. It is never left without a rule, which would open it to everybody. */
export async function distrust(
  api: DigitalOcean,
  cluster_id: string,
  addresses: readonly string[],
): Promise<void> {
  const isGone = (rule: Rule) => addresses.some((address) => isFor(rule, address));
  await change(api, cluster_id, {
    wanted: (rules) => !rules.some(isGone),
    next: (rules) => rules.filter((rule) => !isGone(rule)),
  });
}

/** The rules of a cluster. */
export async function rulesOf(api: DigitalOcean, cluster_id: string): Promise<readonly Rule[]> {
  return (await api.call("getDatabaseFirewall", { cluster_id })).rules ?? [];
}

interface Change {
  readonly wanted: (rules: readonly Rule[]) => boolean;
  readonly next: (rules: readonly Rule[]) => readonly Rule[];
}

async function change(api: DigitalOcean, cluster_id: string, { wanted, next }: Change) {
  let failure: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rules = await rulesOf(api, cluster_id);
    if (wanted(rules)) return;
    const written = next(rules);
    if (written.length === 0) {
      throw new Error(
        "nothing else is trusted: without a rule the cluster would be open to the internet\n  fix: mam deploy writes the trusted sources again",
      );
    }
    try {
      await api.call("setDatabaseFirewall", { cluster_id }, { body: { rules: [...written] } });
    } catch (error) {
      // It may have been done although nobody said so: the next look tells.
      failure = error;
    }
  }
  if (wanted(await rulesOf(api, cluster_id))) return;
  throw failure instanceof Error
    ? failure
    : new Error(
        "somebody else writes the cluster's trusted sources at the same time\n  fix: the same line again",
      );
}

/** Whether a rule lets in exactly one address. */
function isFor({ type, value }: Rule, address: string): boolean {
  return type === "ip_addr" && (value === address || value === `${address}/32`);
}

/** Id and time are the platform's to give. */
function newRule(cluster_uuid: string, value: string): Rule {
  return { uuid: "", cluster_uuid, type: "ip_addr", value, created_at: new Date().toISOString() };
}
