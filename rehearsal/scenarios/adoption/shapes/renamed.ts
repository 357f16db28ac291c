import type { Shape } from "../shape.ts";
import { general, image, managed, route, service } from "./parts.ts";

/** Four components under other names, on clusters with the names that the control panel proposes. */
export const renamed: Shape = {
  name: "shop",
  title: "four components, clusters and buckets under other names",
  zone: "shop.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "shop-net", range: "10.45.0.0/20" },
  project: "Web shop",
  clusters: [
    {
      name: "db-postgresql-nyc1-12345",
      engine: "pg",
      version: "17",
      size: "db-s-1vcpu-2gb",
      nodes: 1,
      databases: ["shop"],
      users: ["shop"],
      pools: [{ name: "web-pool", mode: "transaction", size: 12, db: "shop", user: "" }],
      sources: [["ip_addr", "203.0.113.7"]],
      settings: { log_min_duration_statement: 250 },
    },
    {
      name: "db-valkey-nyc1-67890",
      engine: "valkey",
      version: "8",
      size: "db-s-1vcpu-1gb",
      nodes: 1,
    },
  ],
  buckets: [
    { name: "shop-uploads", tier: "staging" },
    { name: "shop-originals", tier: "masters", versioned: true },
    { name: "shop-films", tier: "previews", expiresAfterDays: 90 },
  ],
  checks: [{ name: "site", target: "https://www.shop.example/" }],
  spec: {
    name: "shop-web",
    region: "nyc",
    domains: [
      { domain: "www.shop.example", type: "PRIMARY", zone: "shop.example" },
      { domain: "cdn.shop.example", type: "ALIAS", zone: "shop.example" },
    ],
    services: [
      service("page", "shop-page", "2", 3001),
      {
        ...service("backend", "shop-backend", "3", 3000),
        instance_count: 2,
        envs: [
          general("LOG_LEVEL", "warn"),
          general("FEATURE_FLAGS", "colours"),
          { key: "EDGE_SIGNING_KEY_A", value: "by-hand", type: "SECRET", scope: "RUN_TIME" },
        ],
      },
      service("cdn", "shop-cdn", "4"),
    ],
    workers: [
      {
        name: "encoder",
        image: image("shop-encoder", "5"),
        instance_count: 1,
        instance_size_slug: "apps-s-1vcpu-2gb",
      },
    ],
    databases: [
      managed("db", "PG", "db-postgresql-nyc1-12345", { db_name: "shop", db_user: "shop" }),
      managed("queue", "VALKEY", "db-valkey-nyc1-67890"),
    ],
    ingress: {
      rules: [route("cdn", "/", "cdn.shop.example"), route("backend", "/api"), route("page", "/")],
    },
  },
  options: [
    ...["--bucket", "staging=shop-uploads"],
    ...["--bucket", "masters=shop-originals"],
    ...["--bucket", "previews=shop-films"],
  ],
};
