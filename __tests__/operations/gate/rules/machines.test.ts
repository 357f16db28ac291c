import { type GateContext, judge } from "../../../../operations/gate/gate.ts";
import { anEnvironment } from "../../../support/environments.ts";
import { gateContext as context } from "../../../support/gate.ts";
import { withGpu } from "../../../support/gpu.ts";
import { resourceChange } from "../../../support/plans.ts";

test.each<[what: string, given: GateContext, seen: string]>([
  [
    "a machine with a card can be reached",
    context([
      resourceChange("digitalocean_firewall.worker_network_firewall", ["update"], {
        before: {},
        after: { inbound_rule: [{ protocol: "tcp", port_range: "22" }] },
      }),
    ]),
    "tcp 22",
  ],
  [
    "a firewall of machines that stay goes",
    context([resourceChange("digitalocean_firewall.worker_network_firewall", ["delete"])], {
      environment: anEnvironment(withGpu()),
    }),
    "destroyed: nothing stands in front of machines that stay",
  ],
  [
    "the tag by which a firewall finds machines is made anew",
    context([resourceChange("digitalocean_tag.gpu_tag", ["delete", "create"])], {
      environment: anEnvironment(withGpu()),
    }),
    "replaced: the tag is taken off every machine: for a moment no firewall stands in front of them",
  ],
])("the gate refuses when %s", async (_, given, seen) => {
  const { ok, findings } = await judge(given, []);

  expect(findings.map(({ id, found }) => [id, found])).toEqual([["machines-reachable", seen]]);
  expect(ok).toBe(false);
});
