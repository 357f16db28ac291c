import { compare } from "../reviewed/comparison.ts";
import { reviewedStacks } from "../reviewed/fingerprint.ts";
import { keysOf } from "../reviewed/keys.ts";
import { renderLess, renderMore } from "../reviewed/text.ts";
import type { DeploymentResult, Knowing } from "./deployment.ts";

/**
 * Ends a deployment whose plan is not the one that was reviewed; undefined where it is, or nobody asked. What was
 * reviewed and is done already is said, and stops nothing: a deployment that failed half-way can be repeated.
 */
export async function refuseUnreviewed({
  session,
  options: { reviewed },
  planned,
  later,
  judgement: { findings },
}: Knowing<"planned" | "later" | "judgement">): Promise<DeploymentResult | undefined> {
  if (!reviewed) return undefined;
  const named = later.length > 0 ? { app: later } : {};
  const stacks = reviewedStacks(planned, await keysOf(session, planned), named);
  const comparison = compare(reviewed.stacks, stacks);
  session.output.tell(renderLess(comparison));
  if (comparison.more.length === 0) return undefined;
  const { name } = session.environment.config;
  const text = `${renderMore(name, comparison)}${name}: nothing was changed.\n`;
  return { ok: false, entry: undefined, findings, text, deviations: comparison.more };
}
