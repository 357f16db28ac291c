import { z } from "zod";

import type { Check } from "../../context/check.ts";
import type { GateContext } from "../context.ts";
import { describeChange, isRemoved, plannedResources, remains } from "../planned.ts";

const firewallSchema = z.looseObject({
  inbound_rule: z
    .array(z.looseObject({ protocol: z.string().nullish(), port_range: z.string().nullish() }))
    .nullish(),
});

const around = ["digitalocean_firewall", "digitalocean_tag"];

/** Who may reach machines with a card. */
export const machineRules: readonly Check<GateContext>[] = [
  {
    id: "machines-reachable",
    severity: "error",
    what: "No machine with a card can be reached: its firewall lets nobody in, and stays for as long as one stands.",
    why: "A machine has a public address and holds a storage key and the password of Valkey.",
    fix: "leave constructs/gpu/gpu-firewall.ts as it is: nobody has to log in to a machine",
    run: (context) => [...opened(context), ...uncovered(context)],
  },
];

/** Rules that let somebody in. */
function opened(context: GateContext) {
  return plannedResources(context, ["digitalocean_firewall"])
    .filter(remains)
    .flatMap(({ resource, after }) =>
      (firewallSchema.parse(after).inbound_rule ?? []).map((rule) => ({
        resource,
        expected: "no inbound rule",
        found: `${rule.protocol ?? "something"} ${rule.port_range ?? ""}`.trim(),
      })),
    );
}

/** What goes of a firewall, or of the tag that it finds machines by, while a machine stays. */
function uncovered(context: GateContext) {
  const isLast = context.environment.config.services.worker.gpu === undefined;
  if (isLast) return [];
  return plannedResources(context, around)
    .filter(isRemoved)
    .map((planned) => ({
      resource: planned.resource,
      expected: "kept while a machine stands",
      found: describeChange(planned),
    }));
}
