import type { GateContext } from "../../operations/gate/gate.ts";
import type { ResourceChange } from "../../operations/terraform/plan-json.ts";
import { anEnvironment } from "./environments.ts";
import { plannedStack } from "./plans.ts";

const environment = anEnvironment();

/** What the gate is asked about in CI: a plan with these changes. */
export function gateContext(
  changes: readonly ResourceChange[],
  rest: Partial<GateContext> & { readonly drift?: readonly ResourceChange[] } = {},
): GateContext {
  const { drift = [], ...context } = rest;
  const plan = { resource_changes: [...changes], resource_drift: [...drift] };
  return {
    environment,
    planned: [plannedStack("storage", plan)],
    doctor: undefined,
    unattended: true,
    supplied: {},
    app: () => Promise.resolve(undefined),
    ...context,
  };
}
