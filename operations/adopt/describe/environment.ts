import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { withoutOwnFields } from "../../init/own-fields.ts";
import type { Described, Remark } from "../remark.ts";
import { type Roles, rolesOf } from "../roles.ts";
import { prefixOf } from "../choose.ts";
import type { Standing } from "../standing.ts";
import { appSettings } from "./app-settings.ts";
import { cacheSources, describeCache } from "./cache.ts";
import { adoptedPool, databaseSources, describeDatabase } from "./database.ts";
import { describeDomain } from "./domain.ts";
import { describeNetwork } from "./network.ts";
import { routeRemarks } from "./routes.ts";
import { describeServices } from "./services.ts";
import { bucketNames, describeStorage } from "./storage.ts";
import { variableFields, variableRemarks } from "./variables.ts";

/** From what an environment is described. */
export interface Sources {
  readonly name: string;
  readonly standing: Standing;
  /** What the other environment says, with values of its own where two must differ: for what is made anew. */
  readonly otherwise: EnvironmentInput;
  /** What a person says about the app. */
  readonly said: { readonly roles: Roles; readonly database?: string | undefined };
}

/** Describes what stands as an environment file does, and says what cannot be described. */
export function describeEnvironment(sources: Sources): Described<EnvironmentInput> {
  const { name, standing, said } = sources;
  const otherwise = withoutOwnFields(sources.otherwise);
  const roles = rolesOf(standing.app, said.roles);
  const network = describeNetwork(standing, otherwise.network.vpcCidr);
  const range = network.fields.vpcCidr;
  const database = describeDatabase(standing, otherwise.database, said.database);
  const cache = describeCache(standing, otherwise.cache);
  const names = Object.entries(standing.buckets).map(
    ([tier, { name: one }]) => [tier, one] as const,
  );
  const prefix = prefixOf(Object.fromEntries(names)) ?? otherwise.storage.bucketPrefix;
  const storage = describeStorage(standing, { ...otherwise.storage, bucketPrefix: prefix });
  const services = describeServices(standing, roles, otherwise.services);
  const domain = describeDomain(standing, roles, otherwise.domain);
  const { recipients } = standing;
  const input: EnvironmentInput = {
    ...otherwise,
    name,
    network: network.fields,
    database: database.fields,
    cache: cache.fields,
    storage: storage.fields,
    services: services.fields,
    domain: domain.fields,
    ...(recipients.length === 0 ? {} : { alerting: { ...otherwise.alerting, recipients } }),
    state: {
      ...otherwise.state,
      adopted: adoptedNames(standing, prefix, database.fields.name),
    },
  };
  return {
    fields: withVariables(input, standing, roles),
    remarks: [
      ...namesTaken(standing),
      ...[network, database, cache, storage, services, domain].flatMap(({ remarks }) => remarks),
      ...databaseSources(standing, range),
      ...cacheSources(standing, range),
      ...variableRemarks(standing, roles),
      ...appSettings(standing),
      ...routeRemarks(standing, roles, domain.fields),
    ],
  };
}

/** Names of what stands, as the stacks call it from now on. */
function adoptedNames(standing: Standing, prefix: string, database: string | undefined) {
  const { app, vpc, project, valkey } = standing;
  const pool = adoptedPool(standing, database);
  const buckets = bucketNames(standing, prefix);
  return {
    app: app.spec.name,
    ...(vpc ? { vpc: vpc.name } : {}),
    ...(project ? { project: project.name } : {}),
    ...(valkey ? { valkey: valkey.cluster.name } : {}),
    ...(pool === undefined ? {} : { pool }),
    ...(Object.keys(buckets).length === 0 ? {} : { buckets }),
  };
}

function namesTaken({ app, project, postgres, valkey }: Standing): Remark[] {
  const taken = (about: string, what: string): Remark => ({ fate: "adopted", about, what });
  const cluster = (one: Standing["postgres"]) =>
    one
      ? [
          taken(
            `the cluster ${one.cluster.name}`,
            `${one.cluster.engine} ${one.cluster.version ?? ""}`,
          ),
        ]
      : [];
  return [
    taken(`the app ${app.spec.name}`, `with its address ${app.default_ingress ?? ""}`),
    ...(project
      ? [taken(`the project ${project.name}`, "its description is ours from then on")]
      : []),
    ...cluster(postgres),
    ...cluster(valkey),
  ];
}

function withVariables(input: EnvironmentInput, standing: Standing, roles: Roles) {
  return variableFields(standing, roles).reduce<EnvironmentInput>(
    (now, { path, value }) => withValue(now, path.split("."), value) as EnvironmentInput,
    input,
  );
}

function withValue(at: unknown, [step = "", ...rest]: readonly string[], value: unknown): unknown {
  const group = typeof at === "object" && at !== null ? at : {};
  const inner: unknown = Reflect.get(group, step);
  return { ...group, [step]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
