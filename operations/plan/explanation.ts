import type { Environment } from "../../environments/load.ts";
import type { PlanJson, ResourceChange } from "../terraform/plan-json.ts";
import { type StackPart, stackParts } from "../terraform/stack-parts.ts";
import type { PlannedStack } from "./plan-stacks.ts";

/** What becomes of a resource. */
export type Action = "create" | "change" | "replace" | "destroy" | "forget";

/** A resource that an apply would touch. */
export interface ExplainedResource {
  readonly address: string;
  readonly action: Action;
}

/** What the plan of a stack comes to. */
export interface ExplainedStack {
  readonly part: StackPart;
  readonly name: string;
  readonly resources: readonly ExplainedResource[];
}

/** What the plans of an environment come to. Nothing in it is a secret. */
export interface PlanExplanation {
  readonly environment: string;
  readonly stacks: readonly ExplainedStack[];
  /** Stacks that were not planned, each with the reason. */
  readonly notPlanned: readonly { readonly part: StackPart; readonly reason: string }[];
  /** Whether applying the plans changes a resource. */
  readonly changes: boolean;
}

/**
 * Explains plans. Parts of the environment that were not planned are said to be.
 *
 * @param reasons why a part was not planned, where there is more to say than that nobody asked.
 */
export function explainPlan(
  { config }: Environment,
  planned: readonly PlannedStack[],
  reasons: Readonly<Partial<Record<StackPart, string>>> = {},
): PlanExplanation {
  const stacks = planned.map(({ stack: { part, name }, saved }) => ({
    part,
    name,
    resources: touchedResources(saved.plan),
  }));
  const missing = stackParts.filter((part) => !stacks.some((stack) => stack.part === part));
  return {
    environment: config.name,
    stacks,
    notPlanned: missing.map((part) => ({ part, reason: reasons[part] ?? "not asked for" })),
    changes: stacks.some(({ resources }) => resources.length > 0),
  };
}

function touchedResources({ resource_changes }: PlanJson): ExplainedResource[] {
  return resource_changes
    .filter(({ mode }) => mode === "managed")
    .flatMap((resource) => {
      const action = actionOf(resource);
      return action ? [{ address: resource.address, action }] : [];
    });
}

/** What Terraform means to do with a resource; undefined for nothing. */
export function actionOf({ change: { actions } }: ResourceChange): Action | undefined {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  if (actions.includes("create")) return "create";
  if (actions.includes("delete")) return "destroy";
  if (actions.includes("forget")) return "forget";
  return actions.includes("update") ? "change" : undefined;
}
