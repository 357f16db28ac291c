import { environments } from "../../../../environments/index.ts";
import { describeEnvironment } from "../../../../operations/adopt/describe/environment.ts";
import type { Fate, Remark } from "../../../../operations/adopt/remark.ts";
import type { ClusterContents, Standing } from "../../../../operations/adopt/standing.ts";

/** A private network that somebody made. */
export const vpc = {
  id: "vpc-1",
  urn: "do:vpc:vpc-1",
  name: "shop-net",
  region: "nyc1",
  ip_range: "10.45.0.0/20",
  created_at: "2026-01-01",
};

/** A component that runs an image of the registry. */
export const image = (name: string) => ({
  name,
  image: { registry_type: "DOCR", repository: `shop-${name}`, tag: "latest" },
});

/** A PostgreSQL cluster that somebody made, with what is in it. */
export const contents = (
  changes: object = {},
  parts: Partial<ClusterContents> = {},
): ClusterContents => ({
  cluster: {
    id: "pg-1",
    name: "shop-db",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-2gb",
    num_nodes: 1,
    region: "nyc1",
    private_network_uuid: "vpc-1",
    ...changes,
  },
  databases: ["defaultdb", "shop"],
  users: ["doadmin", "shop"],
  pools: [],
  trustedSources: [{ type: "ip_addr", value: "10.45.0.0/20" }],
  settings: {},
  ...parts,
});

/** A platform that somebody made: one service, a cluster, a host. */
export function standing(spec: object = {}, changes: Partial<Standing> = {}): Standing {
  return {
    app: {
      id: "app-1",
      created_at: "2026-01-01",
      updated_at: "2026-01-01",
      spec: {
        name: "shop-web",
        region: "nyc",
        vpc: { id: "vpc-1" },
        services: [{ ...image("web"), http_port: 8080, instance_size_slug: "apps-s-1vcpu-1gb" }],
        domains: [{ domain: "www.shop.example", type: "PRIMARY", zone: "shop.example" }],
        databases: [
          { name: "db", engine: "PG", production: true, cluster_name: "shop-db", db_name: "shop" },
        ],
        ...spec,
      },
    },
    recipients: [],
    slackChannels: [],
    vpc,
    postgres: contents(),
    strangers: [],
    zones: ["shop.example"],
    takenHosts: [],
    authorities: [],
    buckets: {},
    ...changes,
  };
}

/** What is said of it, beside staging. */
export function described(one: Standing, said: object = {}, otherwise = environments.staging!) {
  return describeEnvironment({
    name: "shop",
    standing: one,
    otherwise,
    said: { roles: {}, ...said },
  });
}

/** Sentences of one fate. */
export const of = (remarks: readonly Remark[], fate: Fate) =>
  remarks.filter((remark) => remark.fate === fate).map(({ about, what }) => `${about}: ${what}`);
