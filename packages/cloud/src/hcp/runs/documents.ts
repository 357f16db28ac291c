import type { HcpStore, Workspace } from "../model.ts";
import { type Resource, workspaceResource } from "../documents.ts";
import type { ConfigurationVersion, Phase, Run, Variable } from "./model.ts";

const reference = (type: string, id: string) => ({ data: { id, type } });

const cancelable: readonly string[] = ["pending", "planning", "confirmed", "applying"];
const waiting: readonly string[] = ["planned", "planned_and_saved"];

/** What may be done with a run now. */
export function actionsOf({ status }: Run) {
  return {
    "is-cancelable": cancelable.includes(status),
    "is-confirmable": waiting.includes(status),
    "is-discardable": status === "pending" || waiting.includes(status),
    "is-force-cancelable": false,
  };
}

const permissions = {
  "can-apply": true,
  "can-cancel": true,
  "can-discard": true,
  "can-force-cancel": true,
  "can-force-execute": true,
};

/** A run. The variables that came with it are told to whoever may read it. */
export function runResource(run: Run, position = 0): Resource {
  const { order, plan, apply, workspaceId, configurationVersionId: configuration } = run;
  return {
    id: run.id,
    type: "runs",
    attributes: {
      actions: actionsOf(run),
      permissions,
      status: run.status,
      message: run.message,
      "created-at": run.createdAt.toISOString(),
      "has-changes": run.hasChanges,
      "auto-apply": order.autoApply,
      "plan-only": order.planOnly,
      "save-plan": order.savePlan,
      "is-destroy": order.isDestroy,
      refresh: order.refresh,
      "refresh-only": order.refreshOnly,
      "target-addrs": order.targetAddrs,
      "replace-addrs": order.replaceAddrs,
      variables: order.variables,
      "position-in-queue": position,
      source: "tfe-api",
    },
    relationships: {
      workspace: reference("workspaces", workspaceId),
      plan: reference("plans", plan.id),
      apply: reference("applies", apply.id),
      "policy-checks": { data: [] },
      ...(configuration === undefined
        ? {}
        : { "configuration-version": reference("configuration-versions", configuration) }),
    },
  };
}

/** The plan or the apply of a run, with where its log is read. */
export function phaseResource(
  { id, status }: Phase,
  type: "plans" | "applies",
  { hasChanges }: Run,
  origin: string,
): Resource {
  return {
    id,
    type,
    attributes: {
      status,
      ...(type === "plans" ? { "has-changes": hasChanges } : {}),
      "log-read-url": `${origin}/archivist/v1/log/${id}`,
    },
  };
}

/** What was asked to be included with a run. What a run does not have is left out. */
export function includedWith(
  store: HcpStore,
  run: Run,
  workspace: Workspace,
  include: string | undefined,
  origin: string,
): Resource[] {
  return (include ?? "").split(",").flatMap((name) => {
    if (name === "workspace") return [workspaceResource(store, workspace)];
    return name === "plan" ? [phaseResource(run.plan, "plans", run, origin)] : [];
  });
}

/** A configuration, with where its archive goes as long as it has none. */
export function configurationResource(
  { id, archive, speculative, autoQueueRuns }: ConfigurationVersion,
  origin: string,
): Resource {
  return {
    id,
    type: "configuration-versions",
    attributes: {
      status: archive ? "uploaded" : "pending",
      speculative,
      "auto-queue-runs": autoQueueRuns,
      source: "tfe-api",
      ...(archive ? {} : { "upload-url": `${origin}/archivist/v1/archive/${id}` }),
    },
  };
}

/** A variable. Nobody is told the value of a sensitive one. */
export function variableResource({ id, workspaceId, value, ...rest }: Variable): Resource {
  return {
    id,
    type: "vars",
    attributes: { ...rest, value: rest.sensitive ? null : value },
    relationships: { configurable: reference("workspaces", workspaceId) },
  };
}
