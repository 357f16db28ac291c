import { z } from "zod";

import { maintenanceWindow } from "./database.ts";
import { field, group, reason, wholeNumber } from "./field.ts";

/** Managed Valkey. */
export const cacheSchema = group(
  "Managed Valkey, the Redis-compatible store: the preview queue and the API's short-lived data.",
  {
    engine: field(z.enum(["valkey", "redis"]).default("valkey"), {
      meaning: "Engine. `redis` is named only to be refused with its alternative.",
      unit: "engine",
    }),
    version: field(z.enum(["8"]).default("8"), {
      meaning: "Major version.",
      unit: "major version",
    }),
    size: field(z.string(), {
      meaning:
        "Size of each node. The queue lives in memory: a full node refuses writes, because nothing is evicted.",
      unit: "slug",
      examples: ["db-s-1vcpu-1gb", "db-s-1vcpu-2gb", "db-s-2vcpu-4gb"],
    }),
    nodes: field(wholeNumber(1, 3), {
      meaning: "Nodes of the cluster: the primary and its standbys.",
      unit: "nodes",
    }),
    singleNodeReason: reason("production runs on a single cache node"),
    evictionPolicy: field(
      z
        .enum([
          "noeviction",
          "allkeys_lru",
          "allkeys_random",
          "volatile_lru",
          "volatile_random",
          "volatile_ttl",
        ])
        .default("noeviction"),
      {
        meaning:
          "What happens when memory is full. The preview queue lives here, so anything but `noeviction` silently drops jobs.",
        unit: "policy",
      },
    ),
    persistence: field(z.enum(["rdb", "off"]).default("rdb"), {
      meaning:
        "`rdb` writes a snapshot every ten minutes. Valkey has no backups: a failover without it starts empty.",
      unit: "mode",
    }),
    maintenance: maintenanceWindow(),
  },
);
