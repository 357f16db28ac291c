import type { S3Client } from "@aws-sdk/client-s3";

import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { imageOfData, type RehearsalCloud } from "../../harness/rehearsal-cloud.ts";
import { digestOf } from "./shapes/parts.ts";
import { makeBucket } from "./buckets-by-hand.ts";
import type { ClusterByHand, Shape } from "./shape.ts";

/** What was made by hand, by the ids that nothing may change. */
export interface MadeByHand {
  readonly app: string;
  readonly vpc: string | undefined;
  /** Ids of clusters, by their names. */
  readonly clusters: ReadonlyMap<string, string>;
}

interface Tools {
  readonly cloud: RehearsalCloud;
  readonly api: DigitalOcean;
  readonly storage: S3Client;
}

/** Makes a platform as somebody does in a control panel, who knows nothing of ours. */
export async function makeByHand(tools: Tools, shape: Shape): Promise<MadeByHand> {
  const { api, storage } = tools;
  const vpc = shape.vpc && (await makeVpc(api, shape, shape.vpc));
  const clusters = new Map<string, string>();
  for (const cluster of shape.clusters)
    clusters.set(cluster.name, await makeCluster(tools, shape, cluster, vpc));
  for (const bucket of shape.buckets) await makeBucket(storage, bucket);
  if (shape.servesZone) await api.call("createDomain", {}, { body: { name: shape.zone } });
  for (const record of shape.records ?? []) {
    const none = { priority: 0, port: 0, weight: 0, flags: 0, tag: "", ttl: 1800 };
    const tag = record.type === "CAA" ? { tag: "issue" } : {};
    const body = { ...none, ...record, ...tag };
    await api.call("createRecord", { domain: shape.zone }, { body });
  }
  for (const check of shape.checks ?? []) {
    const regions = ["us_east"];
    const body = { ...check, type: "https", regions, enabled: true };
    await api.call("createUptimeCheck", {}, { body });
  }
  return { app: await makeApp(tools, shape, vpc), vpc, clusters };
}

async function makeVpc(
  api: DigitalOcean,
  { datacentre: region }: Shape,
  { name, range }: NonNullable<Shape["vpc"]>,
): Promise<string> {
  const body = { name, region, ip_range: range };
  return (await api.call("createVpc", {}, { body })).vpc.id;
}

async function makeCluster(
  { api, cloud }: Tools,
  { datacentre: region }: Shape,
  wanted: ClusterByHand,
  vpc: string | undefined,
): Promise<string> {
  const { name, engine, version, size, nodes: num_nodes } = wanted;
  const network = vpc === undefined ? {} : { private_network_uuid: vpc };
  const tags = wanted.tags ? { tags: wanted.tags } : {};
  const body = { name, engine, version, size, region, num_nodes, ...network, ...tags };
  const { database } = await api.call("createDatabase", {}, { body });
  const of = { cluster_id: database.id };
  while ((await api.call("getDatabase", of)).database.status !== "online")
    await cloud.clock.sleep(30);
  await fillCluster(api, database.id, wanted);
  const { size: grown, nodes: standing } = wanted.sinceThen ?? {};
  const stored = cloud.digitalOcean.store.databases.find(({ id }) => id === database.id);
  if (stored && grown !== undefined) Object.assign(stored, { size: grown, num_nodes: standing });
  return database.id;
}

/** Makes what is in a cluster: databases, users, pools, settings, trusted sources. */
async function fillCluster(api: DigitalOcean, id: string, wanted: ClusterByHand): Promise<void> {
  const of = { cluster_id: id };
  for (const one of wanted.databases ?? [])
    await api.call("createDatabaseDb", of, { body: { name: one } });
  for (const one of wanted.users ?? [])
    await api.call("createDatabaseUser", of, { body: { name: one } });
  for (const pool of wanted.pools ?? []) await api.call("createConnectionPool", of, { body: pool });
  if (wanted.settings)
    await api.call("updateDatabaseConfig", of, { body: { config: wanted.settings } });
  const rules = (wanted.sources ?? []).map(([type, value]) => ({
    ...{ uuid: "", cluster_uuid: id, created_at: "" },
    ...{ type, value },
  }));
  await api.call("setDatabaseFirewall", of, { body: { rules } });
}

async function makeApp(
  { api, cloud }: Tools,
  shape: Shape,
  network: string | undefined,
): Promise<string> {
  const { spec, vpc, project, joinsVpc = true } = shape;
  pushImages(cloud, shape);
  const joined = vpc && joinsVpc ? { vpc: { id: network } } : {};
  const project_id = project === undefined ? undefined : await makeProject(api, project);
  const body = {
    spec: { ...spec, ...joined },
    ...(project_id === undefined ? {} : { project_id }),
  };
  const { app } = await api.call("createApp", {}, { body });
  for (;;) {
    const { active_deployment: active } = (await api.call("getApp", { app_id: app.id })).app;
    if (active) return app.id;
    await cloud.clock.sleep(10);
  }
}

/** The registry has every image that the app names. */
function pushImages({ digitalOcean }: RehearsalCloud, { spec, tags = [] }: Shape): void {
  const contentOf = (repository: string) =>
    imageOfData(repository.includes("cdn") ? "edge" : "api");
  for (const { image } of [...(spec.services ?? []), ...(spec.workers ?? [])]) {
    if (image?.repository === undefined || image.digest === undefined) continue;
    const { repository, digest } = image;
    digitalOcean.pushImage({ repository, digest, image: contentOf(repository) });
  }
  for (const [repository, tag, character] of tags) {
    const digest = digestOf(character);
    digitalOcean.pushImage({ repository, digest, tags: [tag], image: contentOf(repository) });
  }
}

async function makeProject(api: DigitalOcean, name: string): Promise<string> {
  const body = { name, purpose: "Web Application", description: "", environment: "Production" };
  return (await api.call("createProject", {}, { body })).project.id;
}
