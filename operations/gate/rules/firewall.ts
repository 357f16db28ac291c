import ipaddr from "ipaddr.js";
import { z } from "zod";

import type { Check } from "../../context/check.ts";
import type { GateContext } from "../context.ts";
import {
  type PlannedResource,
  describeChange,
  isRemoved,
  plannedResources,
  remains,
} from "../planned.ts";

const firewallSchema = z.looseObject({
  rule: z.array(z.looseObject({ type: z.string(), value: z.string().default("") })).default([]),
});

/** Who may reach the databases. */
export const firewallRules: readonly Check<GateContext>[] = [
  {
    id: "database-firewall",
    severity: "error",
    what: "No database firewall is opened: destroyed, emptied, or wider than the VPC.",
    why: "A cluster without rules accepts connections from the whole internet, and destroying a firewall empties it.",
    fix: "leave the rule of constructs/database/trusted-sources.ts as it is; network.vpcCidr is the only trusted source",
    run: (context) => {
      const { vpcCidr } = context.environment.config.network;
      return plannedResources(context, ["digitalocean_database_firewall"]).flatMap((planned) => [
        ...(isRemoved(planned)
          ? [{ resource: planned.resource, expected: "kept", found: describeChange(planned) }]
          : []),
        ...(remains(planned) ? openings(planned, vpcCidr) : []),
      ]);
    },
  },
];

function openings({ resource, after }: PlannedResource, vpc: string) {
  const { rule: rules } = firewallSchema.parse(after);
  const expected = `only addresses in ${vpc}`;
  if (rules.length === 0) {
    return [{ resource, expected, found: "no rule: open to the internet" }];
  }
  return rules
    .filter(({ type, value }) => type !== "ip_addr" || !isWithin(value, vpc))
    .map(({ type, value }) => ({ resource, expected, found: `${type} ${value}` }));
}

/** Whether an address, or a range of addresses, is inside a range. */
function isWithin(value: string, range: string): boolean {
  const [outer, outerBits] = ipaddr.parseCIDR(range);
  if (!ipaddr.isValid(value) && !ipaddr.isValidCIDR(value)) return false;
  const [inner, innerBits] = ipaddr.isValidCIDR(value)
    ? ipaddr.parseCIDR(value)
    : [ipaddr.parse(value), Infinity];
  return inner.kind() === outer.kind() && innerBits >= outerBits && inner.match(outer, outerBits);
}
