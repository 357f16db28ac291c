import { storageTiers } from "../../constructs/storage/tiers.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Clients } from "../context/clients.ts";
import { platformsOf } from "../leftovers/platforms.ts";
import { readBucket } from "./buckets.ts";
import { chooseApp, chooseBuckets, chooseCluster, strangersOf } from "./choose.ts";
import { readRecords } from "./records.ts";
import type { ClusterContents, Standing, StandingApp, StandingCluster } from "./standing.ts";
import type { Wanted } from "./wanted.ts";

type Lists = ReturnType<typeof platformsOf>;

/**
 * The app that is meant, as DigitalOcean shows it.
 *
 * @param taken names of the apps of the environments that there are.
 */
export async function readApp(
  clients: Clients,
  taken: readonly string[],
  said: string | undefined,
): Promise<StandingApp> {
  return chooseApp(await platformsOf(clients).apps(), taken, said);
}

/** Where is looked for what nobody says. */
interface WhereToLook {
  /** Zone that the app gets a host in, if it has none. */
  readonly zone: string;
  /** Region of Wasabi, as the clients ask it. */
  readonly region: string;
  /** What names of buckets begin with, unless one that stands says it. */
  readonly prefix: string;
}

/** Asks the platforms for everything that an environment could be made of. Nothing is written anywhere. */
export async function readStanding(
  clients: Clients,
  app: StandingApp,
  wanted: Wanted,
  where: WhereToLook,
): Promise<Standing> {
  const lists = platformsOf(clients);
  const api = clients.digitalOcean();
  const clusters = await lists.clusters();
  const postgres = chooseCluster("postgres", app, clusters, wanted.postgres);
  const valkey = chooseCluster("valkey", app, clusters, wanted.valkey);
  const [contents, cacheContents, alerts, projects, domains, vpc, buckets] = await Promise.all([
    postgres && readCluster(api, lists, postgres),
    valkey && readCluster(api, lists, valkey),
    api.call("listAppAlerts", { app_id: app.id }),
    lists.projects(),
    lists.domains(),
    readVpc(lists, app, postgres ?? valkey),
    readBuckets(clients, app, wanted, where),
  ]);
  const zones = domains.map(({ name }) => name);
  const emails = (alerts.alerts ?? []).flatMap(({ emails: one }) => one ?? []);
  const hooks = (alerts.alerts ?? []).flatMap(({ slack_webhooks: one }) => one ?? []);
  return {
    app,
    recipients: [...new Set(emails)],
    slackChannels: [...new Set(hooks.map(({ channel }) => channel ?? "Slack"))],
    vpc,
    postgres: contents,
    valkey: cacheContents,
    strangers: strangersOf(app, clusters),
    // The default project is the account's: what is in it is not all of one platform.
    project: projects.find(({ id, is_default: all }) => id === app.project_id && all !== true),
    zones,
    ...(await readRecords(lists, app, zones, where.zone)),
    buckets,
  };
}

async function readVpc({ vpcs }: Lists, { spec }: StandingApp, cluster?: StandingCluster) {
  const said: unknown = spec.vpc;
  const ofApp: unknown = typeof said === "object" && said !== null && Reflect.get(said, "id");
  const id = typeof ofApp === "string" ? ofApp : cluster?.private_network_uuid;
  return (await vpcs()).find((one) => one.id === id);
}

async function readCluster(
  api: DigitalOcean,
  lists: Lists,
  cluster: StandingCluster,
): Promise<ClusterContents> {
  const of = { cluster_id: cluster.id };
  const hasContents = cluster.engine !== "valkey";
  const [firewall, config, databases, users, pools, eviction] = await Promise.all([
    api.call("getDatabaseFirewall", of),
    api.call("getDatabaseConfig", of),
    hasContents ? lists.databases(cluster.id) : [],
    hasContents ? lists.users(cluster.id) : [],
    hasContents ? lists.pools(cluster.id) : [],
    hasContents ? undefined : api.call("getEvictionPolicy", of),
  ]);
  return {
    cluster,
    databases: databases.map(({ name }) => name),
    users: users.map(({ name }) => name),
    pools,
    trustedSources: firewall.rules ?? [],
    evictionPolicy: eviction?.eviction_policy,
    settings: config.config,
  };
}

async function readBuckets(
  clients: Clients,
  app: StandingApp,
  { buckets: said }: Wanted,
  { region, prefix }: WhereToLook,
): Promise<Standing["buckets"]> {
  const chosen = chooseBuckets(app, await platformsOf(clients).buckets(), said, prefix);
  const read = storageTiers.map(async (tier) => {
    const name = chosen[tier];
    const storage = clients.wasabiStorage();
    return [
      tier,
      name === undefined ? undefined : await readBucket(storage, name, region),
    ] as const;
  });
  return Object.fromEntries((await Promise.all(read)).filter(([, bucket]) => bucket));
}
