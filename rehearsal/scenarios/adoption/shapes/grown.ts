import type { Shape } from "../shape.ts";
import { image, managed, route, service } from "./parts.ts";

/** What grew over years: a standby of the standard edition, a pool of our name, buckets with rules of every kind. */
export const grown: Shape = {
  name: "archive",
  title:
    "a standard standby, a session pool called api, locks in years, rules for parts of buckets",
  zone: "archive.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "archive", range: "10.50.0.0/20" },
  clusters: [
    {
      name: "archive-db",
      engine: "pg",
      version: "17",
      size: "db-s-1vcpu-2gb",
      nodes: 1,
      sinceThen: { size: "db-s-4vcpu-8gb", nodes: 2 },
      databases: [],
      users: ["reports"],
      pools: [{ name: "api", mode: "session", size: 5, db: "defaultdb", user: "reports" }],
      sources: [["ip_addr", "10.50.0.0/20"]],
      tags: ["prod"],
    },
  ],
  buckets: [
    {
      name: "archive-media-staging",
      tier: "staging",
      rules: [
        { ID: "tmp", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } },
        { ID: "off", Status: "Disabled", Filter: { Prefix: "" }, Expiration: { Days: 2 } },
      ],
      origins: ["https://old.archive.example"],
    },
    { name: "archive-media-masters", tier: "masters", versioned: true, lockYears: 2 },
    {
      name: "archive-media-previews",
      tier: "previews",
      versioned: true,
      public: true,
      rules: [
        {
          ID: "versions",
          Status: "Enabled",
          Filter: { Prefix: "" },
          Expiration: { Days: 400 },
          NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        },
      ],
    },
    {
      name: "archive-media-backups",
      tier: "backups",
      versioned: true,
      lockDays: 60,
      expiresAfterDays: 30,
    },
  ],
  spec: {
    name: "archive",
    region: "nyc",
    domains: [
      { domain: "archive.example", type: "PRIMARY", zone: "archive.example" },
      { domain: "cdn.archive.example", type: "ALIAS", zone: "archive.example" },
    ],
    services: [
      { name: "frontend", image: image("mam-frontend", "2"), http_port: 3001 },
      service("api", "mam-api", "3", 3000),
      service("cdn", "mam-cdn", "4"),
    ],
    workers: [
      {
        name: "transcode",
        image: image("mam-worker", "5"),
        instance_size_slug: "apps-d-1vcpu-2gb",
        autoscaling: {
          min_instance_count: 1,
          max_instance_count: 4,
          metrics: { requests_per_second: { per_instance: 20 } },
        },
      },
    ],
    databases: [managed("db", "PG", "archive-db")],
    ingress: {
      rules: [
        route("cdn", "/", "cdn.archive.example"),
        route("api", "/api"),
        route("frontend", "/"),
      ],
    },
  },
  options: [...["--bucket", "masters=archive-media-masters"], ...["--database", "defaultdb"]],
};
