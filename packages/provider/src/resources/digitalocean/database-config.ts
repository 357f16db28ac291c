import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Behaviour } from "../../engine/behaviour.ts";
import type { Plain, ResourceData } from "../../engine/data.ts";
import { attempt, ProviderFailure } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { askUnlessGone, type DigitalOceanContext, type DigitalOceanResource } from "./calls.ts";

/** How one setting of an engine is sent and read. */
export interface Setting {
  /** The API's name, where it is not the attribute's. */
  readonly api?: string;
  /** A 32-bit float: what comes back is rounded to one. */
  readonly float?: boolean;
  /** Sent as soon as it is known, also when 0 or false. Else an empty value is never sent. */
  readonly sentWhenEmpty?: boolean;
}

/** The settings of an engine as a resource type. */
export interface EngineSettings {
  readonly type: string;
  /** The engine's name in sentences. */
  readonly engine: string;
  /** What the resource's id ends in. */
  readonly idSuffix: string;
  readonly settings: Readonly<Record<string, Setting>>;
  readonly behaviour: Behaviour;
  /** Whether the provider looks first whether the cluster is online. */
  readonly needsOnlineCluster: boolean;
}

const at = (data: ResourceData) => ({ cluster_id: data.text("cluster_id") });

function sentSettings(data: ResourceData, settings: EngineSettings["settings"]) {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name, { sentWhenEmpty }]) =>
        sentWhenEmpty === true ? data.exists(name) : data.has(name),
      )
      .map(([name, { api }]) => [api ?? name, data.get(name)]),
  );
}

function readValue(value: unknown, { float }: Setting): Plain {
  if (typeof value === "number") return float === true ? Math.fround(value) : value;
  return typeof value === "string" || typeof value === "boolean" ? value : undefined;
}

async function checkOnline(data: ResourceData, { client }: DigitalOceanContext, doing: string) {
  const { database } = await attempt(`${doing}: failed to fetch cluster status`, () =>
    client.call("getDatabase", at(data)),
  );
  if (database.status === "online") return;
  const status = database.status ?? "";
  throw new ProviderFailure(
    `${doing}: cannot update config: cluster status is '${status}' (must be 'online')`,
  );
}

/** Makes a resource type of an engine's settings. Destroying it leaves the settings as they are. */
export function engineConfigResource(engine: EngineSettings): DigitalOceanResource {
  const read: Operation<DigitalOcean> = async (data, { client }) => {
    const answer = await askUnlessGone(
      data,
      `Error retrieving ${engine.engine} configuration`,
      () => client.call("getDatabaseConfig", at(data)),
    );
    if (answer === undefined) return;
    for (const [name, setting] of Object.entries(engine.settings)) {
      data.set(name, readValue(answer.config[setting.api ?? name], setting));
    }
  };
  const write: Operation<DigitalOcean> = async (data, context) => {
    const doing = `Error updating ${engine.engine} configuration`;
    if (engine.needsOnlineCluster) await checkOnline(data, context, doing);
    const body = { config: sentSettings(data, engine.settings) };
    await attempt(doing, () => context.client.call("updateDatabaseConfig", at(data), { body }));
    data.id = `${data.text("cluster_id")}/${engine.idSuffix}`;
    await read(data, context);
  };
  return {
    type: engine.type,
    behaviour: engine.behaviour,
    create: write,
    read,
    update: write,
    delete: (_data, { warn }) => {
      warn(
        `${engine.type} removed from state`,
        "Database configurations are only removed from state when destroyed. The remote configuration is not unset.",
      );
      return Promise.resolve();
    },
    importId: (id, data) => {
      data.id = `${id}/${engine.idSuffix}`;
      data.set("cluster_id", id);
    },
  };
}
