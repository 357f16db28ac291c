import type { z } from "zod";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { logsink } from "@mam-infra/clients/digitalocean/database-parts";
import type { Behaviour } from "../../engine/behaviour.ts";
import type { ResourceData } from "../../engine/data.ts";
import { attempt, ProviderFailure } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { askUnlessGone, type DigitalOceanResource } from "./calls.ts";

/** A sink's own settings as the API has them. */
export type LogsinkConfig = NonNullable<z.infer<typeof logsink>["config"]>;

/** A kind of log sink as a resource type. */
export interface LogsinkKind {
  readonly type: string;
  readonly sinkType: "opensearch" | "rsyslog";
  readonly behaviour: Behaviour;
  readonly configOf: (data: ResourceData) => LogsinkConfig;
  readonly setConfig: (data: ResourceData, config: LogsinkConfig) => void;
}

function splitId(id: string): { cluster_id: string; sink_id: string } {
  const [cluster_id = "", ...rest] = id.split(",");
  const sink_id = rest.join(",");
  if (cluster_id === "" || sink_id === "") {
    throw new ProviderFailure(`Invalid logsink ID format: ${id}`);
  }
  return { cluster_id, sink_id };
}

/** Makes a resource type of a kind of log sink. */
export function logsinkResource(kind: LogsinkKind): DigitalOceanResource {
  const named = `database logsink ${kind.sinkType}`;
  const read: Operation<DigitalOcean> = async (data, { client }) => {
    const at = splitId(data.id);
    const sink = await askUnlessGone(data, `Error retrieving ${named}`, () =>
      client.call("getLogsink", at),
    );
    if (sink === undefined) return;
    data.set("cluster_id", at.cluster_id);
    data.set("name", sink.sink_name);
    data.set("logsink_id", sink.sink_id);
    if (sink.config) kind.setConfig(data, sink.config);
  };
  return {
    type: kind.type,
    behaviour: kind.behaviour,
    create: async (data, context) => {
      const clusterId = data.text("cluster_id");
      const body = {
        sink_name: data.text("name"),
        sink_type: kind.sinkType,
        config: kind.configOf(data),
      };
      const { sink } = await attempt(`Error creating ${named}`, () =>
        context.client.call("createLogsink", { cluster_id: clusterId }, { body }),
      );
      data.id = `${clusterId},${sink.sink_id}`;
      await read(data, context);
    },
    read,
    update: async (data, context) => {
      await attempt(`Error updating ${named}`, () =>
        context.client.call("updateLogsink", splitId(data.id), {
          body: { config: kind.configOf(data) },
        }),
      );
      await read(data, context);
    },
    delete: async (data, { client }) => {
      await attempt(`Error deleting ${named}`, () =>
        client.call("deleteLogsink", splitId(data.id)).catch((error: unknown) => {
          if (refusedWith(error) !== 404) throw error;
        }),
      );
    },
    importId: (id, data) => {
      splitId(id);
      data.id = id;
    },
  };
}
