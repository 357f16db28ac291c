import { runChecks } from "../context/check.ts";
import { type Finding, hasErrors } from "../context/finding.ts";
import type { GateContext } from "./context.ts";
import type { Override } from "./override.ts";
import { gateRules } from "./rules.ts";

export type { GateContext } from "./context.ts";
export { type Override, parseOverride } from "./override.ts";

/** What the gate says to a deployment. */
export interface Judgement {
  /** What stands in the way. */
  readonly findings: readonly Finding[];
  /** What would stand in the way, had nobody given a reason. */
  readonly overridden: readonly Finding[];
  /** Whether the deployment may begin. */
  readonly ok: boolean;
}

/**
 * Judges plans by every rule of the gate.
 *
 * @param overrides rules that a person let pass, each with a reason.
 */
export async function judge(
  context: GateContext,
  overrides: readonly Override[],
): Promise<Judgement> {
  const passed = new Set(overrides.map(({ rule }) => rule));
  const { findings } = await runChecks(gateRules, context);
  const standing = findings.filter(({ id }) => !passed.has(id));
  return {
    findings: standing,
    overridden: findings.filter(({ id }) => passed.has(id)),
    ok: !hasErrors(standing),
  };
}
