import type { LedgerEntry } from "../ledger/entry.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import type { Deployment, StackOutcomes } from "./deployment.ts";

/** What is known of the stacks before anything is applied. */
export function outcomesBefore({
  planned,
  reasons,
}: Pick<Deployment, "planned" | "reasons">): StackOutcomes {
  const outcomeOf = (kind: StackKind): StackOutcomes[StackKind] => {
    const plan = planned.find(({ stack }) => stack.kind === kind);
    if (plan) return plan.saved.changes ? "not begun" : "unchanged";
    return kind !== "app" && reasons[kind] !== undefined ? "not planned" : "not begun";
  };
  return { storage: outcomeOf("storage"), data: outcomeOf("data"), app: outcomeOf("app") };
}

/** The stacks as the ledger remembers them. */
export function recordedStacks({
  stacks,
  outcomes,
}: Pick<Deployment, "stacks" | "outcomes">): LedgerEntry["stacks"] {
  const recorded = (kind: StackKind) => ({
    fingerprint: stacks[kind].fingerprint,
    outcome: outcomes[kind],
  });
  return { storage: recorded("storage"), data: recorded("data"), app: recorded("app") };
}
