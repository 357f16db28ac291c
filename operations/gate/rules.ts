import type { Check } from "../context/check.ts";
import type { GateContext } from "./context.ts";
import { adoptionRules } from "./rules/adoption.ts";
import { clusterRules } from "./rules/cluster.ts";
import { firewallRules } from "./rules/firewall.ts";
import { identityRules } from "./rules/identity.ts";
import { inUseRules } from "./rules/in-use.ts";
import { leftOutRules } from "./rules/left-out.ts";
import { machineRules } from "./rules/machines.ts";
import { protectionRules } from "./rules/protection.ts";
import { releaseRules } from "./rules/release.ts";
import { sealingRules } from "./rules/sealing.ts";
import { secretRules } from "./rules/secrets.ts";
import { statefulRules } from "./rules/stateful.ts";
import { plannedStorageRules } from "./rules/storage.ts";

/** Rules that no reason lets pass: Terraform itself refuses. */
const final: readonly string[] = ["protected"];

/** Every rule of the gate. An override names one of them and a reason, which is recorded with the release. */
export const gateRules: readonly Check<GateContext>[] = [
  ...statefulRules,
  ...firewallRules,
  ...machineRules,
  ...plannedStorageRules,
  ...protectionRules,
  ...inUseRules,
  ...secretRules,
  ...sealingRules,
  ...releaseRules,
  ...clusterRules,
  ...identityRules,
  ...leftOutRules,
  ...adoptionRules,
];

/** Names of the rules that a person may let pass with a reason. */
export const overridableRules: readonly string[] = gateRules
  .map(({ id }) => id)
  .filter((id) => !final.includes(id));
