import { z } from "zod";

import { changeKind } from "../../effects/change-kind.ts";
import { effectOf } from "../../effects/effects.ts";
import type { Check, Violation } from "../../context/check.ts";
import { differencesOf } from "../../plan/difference.ts";
import { shownValue } from "../../plan/shown.ts";
import type { GateContext } from "../context.ts";
import { type PlannedResource, describeChange, plannedResources } from "../planned.ts";
import { wayBack, waysBack } from "../way-back.ts";

const clusters = ["digitalocean_database_cluster"] as const;

/** What Terraform destroys before it changes the cluster that it belongs to. */
const dependents = [
  "digitalocean_database_connection_pool",
  "digitalocean_database_db",
  "digitalocean_database_user",
] as const;

const clusterSchema = z.looseObject({ id: z.string().optional() });
const dependentSchema = z.looseObject({ cluster_id: z.string().optional() });

/** What the platform refuses of a cluster in the middle of a deployment. */
export const clusterRules: readonly Check<GateContext>[] = [
  {
    id: "never-lowered",
    severity: "error",
    what: "No size, disk or version of a cluster is lowered.",
    why: "The platform refuses it in the middle of the deployment, after Terraform has deleted what the plan replaces.",
    fix: "write back the value that the cluster has; docs/stateful-resources.md says how to get a smaller one",
    run: (context) =>
      plannedResources(context, clusters)
        .filter(({ action }) => action === "change")
        .flatMap((planned) => loweredValues(context, planned)),
  },
  {
    id: "cluster-first",
    severity: "error",
    what: "No pool, database or user is replaced in the deployment that changes its cluster.",
    why: "Terraform deletes them first: when the platform then refuses the change of the cluster, they stay gone, and so does every later deployment.",
    fix: "make two deployments of it: first the cluster, then the rest",
    run: (context) => {
      const changed = plannedResources(context, clusters).filter(
        ({ action }) => action === "change",
      );
      return plannedResources(context, dependents)
        .filter(({ action }) => action === "replace")
        .flatMap((planned) => besideItsCluster(context, planned, changed));
    },
  },
];

function loweredValues({ environment }: GateContext, planned: PlannedResource): Violation[] {
  const { resource, type, change } = planned;
  return differencesOf(change.change)
    .filter((difference) => changeKind(type, difference.path, difference) === "lowered")
    .map((difference) => {
      const { path, before, after } = difference;
      const means = effectOf(type, path, "lowered")?.means ?? "";
      const back = wayBack(environment.config, planned, difference);
      return {
        resource,
        expected: `${path} ${shownValue(before)}, or more`,
        found: `${shownValue(after)}: ${means}`,
        ...(back === undefined ? {} : { fix: back }),
      };
    });
}

function besideItsCluster(
  { environment: { config } }: GateContext,
  planned: PlannedResource,
  changed: readonly PlannedResource[],
): Violation[] {
  const { cluster_id: id } = dependentSchema.parse(planned.before ?? {});
  const cluster = changed.find(({ before }) => clusterSchema.parse(before ?? {}).id === id);
  if (id === undefined || !cluster) return [];
  const paths = differencesOf(cluster.change.change)
    .filter(({ unknown }) => !unknown)
    .map(({ path }) => path);
  const back = waysBack(config, planned);
  return [
    {
      resource: planned.resource,
      expected: `changed after ${cluster.resource}, not with it`,
      found: `${describeChange(planned)}; and in the same plan the cluster's ${paths.join(", ")} changes`,
      ...(back.length > 0
        ? {
            fix: `make two deployments of it. For the first, ${back.join("; ")}. After it, change it again and deploy the second`,
          }
        : {}),
    },
  ];
}
