import { compare } from "../reviewed/comparison.ts";
import { reviewedStacks } from "../reviewed/fingerprint.ts";
import { keysOf } from "../reviewed/keys.ts";
import { renderLess, renderMore } from "../reviewed/text.ts";
import type { DeploymentResult, Knowing } from "./deployment.ts";
import { allPlanned, namedLater } from "./machine-plan.ts";

/**
 * Ends a deployment whose plan is not the one that was reviewed; undefined where it is, or nobody asked. What was
 * reviewed and is done already is said, and stops nothing: a deployment that failed half-way can be repeated.
 */
export async function refuseUnreviewed({
  session,
  options: { reviewed },
  judgement: { findings },
  ...deployment
}: Knowing<"planned" | "machinePlan" | "later" | "laterMachines" | "judgement">): Promise<
  DeploymentResult | undefined
> {
  if (!reviewed) return undefined;
  const planned = allPlanned(deployment);
  const stacks = reviewedStacks(planned, await keysOf(session, planned), namedLater(deployment));
  const comparison = compare(reviewed.stacks, stacks);
  session.output.tell(renderLess(comparison));
  if (comparison.more.length === 0) return undefined;
  const { name } = session.environment.config;
  const text = `${renderMore(name, comparison)}${name}: nothing was changed.\n`;
  return { ok: false, entry: undefined, findings, text, deviations: comparison.more };
}
