import type { ResourceChange } from "../terraform/plan-json.ts";

/** What becomes of a resource. One that is imported stands as it is described; one that is imported and differs is changed. */
export type Action = "create" | "import" | "change" | "replace" | "destroy" | "forget";

/** What Terraform means to do with a resource; undefined for nothing. */
export function actionOf({
  mode,
  change: { actions, importing },
}: ResourceChange): Action | undefined {
  if (mode !== "managed") return undefined;
  if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
  if (actions.includes("delete")) return "destroy";
  if (actions.includes("forget")) return "forget";
  if (actions.includes("update")) return "change";
  return importing ? "import" : undefined;
}
