import type { ResourceChange } from "../terraform/plan-json.ts";

/** What becomes of a resource. */
export type Action = "create" | "change" | "replace" | "destroy" | "forget";

/** What Terraform means to do with a resource; undefined for nothing. */
export function actionOf({ mode, change: { actions } }: ResourceChange): Action | undefined {
  if (mode !== "managed") return undefined;
  if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
  if (actions.includes("delete")) return "destroy";
  if (actions.includes("forget")) return "forget";
  return actions.includes("update") ? "change" : undefined;
}
