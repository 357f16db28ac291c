import type { LedgerEntry } from "../ledger/entry.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import type { Deployment, StackOutcomes } from "./deployment.ts";

/** What is known of the stacks before anything is applied. */
export function outcomesBefore({
  planned,
  reasons,
  machineStack,
}: Pick<Deployment, "planned" | "reasons" | "machineStack">): StackOutcomes {
  const outcomeOf = (kind: StackKind): StackOutcomes[StackKind] => {
    const plan = planned.find(({ stack }) => stack.kind === kind);
    if (plan) return plan.saved.changes ? "not begun" : "unchanged";
    return kind !== "app" && reasons[kind] !== undefined ? "not planned" : "not begun";
  };
  const three = {
    storage: outcomeOf("storage"),
    data: outcomeOf("data"),
    app: outcomeOf("app"),
  };
  // It is planned once more when the release runs.
  return machineStack ? { ...three, gpu: "not begun" } : three;
}

/** The stacks as the ledger remembers them. */
export function recordedStacks({
  stacks,
  outcomes,
  machineStack,
}: Pick<Deployment, "stacks" | "outcomes" | "machineStack">): LedgerEntry["stacks"] {
  const recorded = (kind: StackKind) => ({
    fingerprint: stacks[kind].fingerprint,
    outcome: outcomes[kind],
  });
  const three = { storage: recorded("storage"), data: recorded("data"), app: recorded("app") };
  if (!machineStack || !outcomes.gpu) return three;
  return { ...three, gpu: { fingerprint: machineStack.fingerprint, outcome: outcomes.gpu } };
}
