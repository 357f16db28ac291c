import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import type { ClusterContents, Standing } from "../standing.ts";
import { clusterRemarks, maintenanceOf, refused, trustedSourceRemarks } from "./cluster.ts";

type Cache = EnvironmentInput["cache"];

/**
 * The Valkey cluster.
 *
 * @param otherwise what the other environment has: for a cluster that is made anew.
 */
export function describeCache(standing: Standing, otherwise: Cache): Described<Cache> {
  const { valkey } = standing;
  if (!valkey) {
    const isNew: Remark = { fate: "changed", about: "Valkey", what: "a cluster is made anew" };
    return { fields: otherwise, remarks: [isNew, ...strangers(standing)] };
  }
  const { cluster, settings } = valkey;
  const nodes = cluster.num_nodes ?? 1;
  const single =
    nodes === 1 ? { singleNodeReason: "It had a single node when it was adopted." } : {};
  return {
    fields: {
      ...otherwise,
      singleNodeReason: undefined,
      version: "8",
      size: cluster.size ?? "",
      nodes,
      ...single,
      ...(settings.valkey_persistence === "off" ? { persistence: "off" as const } : {}),
      ...maintenanceOf(cluster),
    },
    remarks: [...ownRemarks(valkey), ...clusterRemarks(valkey), ...strangers(standing)],
  };
}

function ownRemarks({ cluster, evictionPolicy = "noeviction" }: ClusterContents): Remark[] {
  const about = `the cluster ${cluster.name}`;
  const evicts: Remark = {
    fate: "changed",
    about,
    what: `${evictionPolicy} becomes noeviction: the queue of previews lives in it, and eviction drops its jobs`,
    todo: "see that its memory suffices, or choose a larger cache.size",
  };
  const isKnown = cluster.version?.split(".")[0] === "8";
  const old = refused(
    about,
    `version ${cluster.version ?? "unknown"} is not 8`,
    "upgrade it in the control panel first: it is done in place",
  );
  return [...(isKnown ? [] : [old]), ...(evictionPolicy === "noeviction" ? [] : [evicts])];
}

/** Clusters of other engines: nothing of the platform runs on them. */
function strangers({ strangers: others }: Standing): Remark[] {
  return others.map(({ name, engine }) => {
    const about = `the cluster ${name}`;
    return engine === "redis"
      ? {
          fate: "left",
          about,
          what: "Redis is not made any more; the queue begins empty on Valkey",
          todo: "upgrade it to Valkey in the control panel first, or delete it when nobody uses it",
        }
      : {
          fate: "left",
          about,
          what: `nothing of the platform runs on ${engine}: it stays, and the app lets go of it`,
          todo: "move what is in it to PostgreSQL before the first deployment",
        };
  });
}

/** What the first deployment makes of who may reach the cluster. */
export const cacheSources = ({ valkey }: Standing, range: string): Remark[] =>
  valkey ? trustedSourceRemarks(valkey, range) : [];
