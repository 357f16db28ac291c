import { appSpec } from "../../../constructs/app/app-spec.ts";
import type { AppContext, DataWiring } from "../../../constructs/app/context.ts";
import { livenessCheck } from "../../../constructs/app/health-checks.ts";
import { nameOf, postgresName } from "../../../constructs/naming.ts";
import { serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import type { Environment } from "../../../environments/loading/load.ts";
import {
  type EnvironmentConfig,
  componentNames,
} from "../../../environments/schema/environment.ts";
import type { ObservedCluster } from "../../platform/observed-data.ts";
import { type JsonObject, apiForm, isObject } from "./api-form.ts";

/** What the platform gave addresses to. */
export interface Addresses {
  readonly vpc?: { readonly id: string } | undefined;
  readonly postgres?: Pick<ObservedCluster, "cluster" | "pools"> | undefined;
  readonly valkey?: Pick<ObservedCluster, "cluster"> | undefined;
}

/** What stands for a secret and for a key's id: neither is compared by value. */
const secret = "EV[1:…]";

/**
 * The app spec that the environment describes, in the API's form: made by the same functions as the Terraform JSON, with
 * the addresses that the platform gave to VPC and databases.
 */
export function expectedSpec(environment: Environment, observed: Addresses): JsonObject {
  const { config, release, rotation } = environment;
  const { zone, zoneManagedBy } = config.domain;
  const context: AppContext = {
    config,
    release,
    rotation,
    data: wiring(config, observed),
    // `fromEntries` forgets that every role is there.
    storageKeys: Object.fromEntries(
      serviceRoleNames.map((role) => [role, { id: role, secret }]),
    ) as AppContext["storageKeys"],
    secrets: { supplied: () => secret, storageKey: () => secret, preconditions: [] },
  };
  const spec = apiForm(appSpec(context, zoneManagedBy === "digitalocean" ? zone : undefined));
  return {
    ...spec,
    services: withLiveness(config, spec.services),
    workers: withLiveness(config, spec.workers),
  };
}

/** The bindings do not know liveness checks, so the stack writes them beside the spec. */
function withLiveness({ services }: EnvironmentConfig, components: unknown): unknown[] {
  return (Array.isArray(components) ? components : []).filter(isObject).map((component) => {
    const name = componentNames.find((one) => one === component.name);
    return name
      ? { ...component, liveness_health_check: livenessCheck(services[name]) }
      : component;
  });
}

function wiring(config: EnvironmentConfig, { vpc, postgres, valkey }: Addresses): DataWiring {
  const direct = { ...privateAddress(postgres?.cluster), database: config.database.name };
  const pool =
    config.database.pool && postgres?.pools.find(({ name }) => name === nameOf(config, "pool"));
  return {
    vpcId: vpc?.id ?? "missing",
    postgres: {
      clusterName: postgresName(config),
      direct,
      pooled: pool ? { ...privateAddress(pool), database: pool.name } : direct,
    },
    valkey: {
      clusterName: nameOf(config, "valkey"),
      ...privateAddress(valkey?.cluster),
    },
  };
}

type Reachable = Pick<ObservedCluster["cluster"], "private_connection">;

function privateAddress(place: Reachable | undefined) {
  const { host, port } = place?.private_connection ?? {};
  return { host: host ?? "missing", port: port ?? 0 };
}
