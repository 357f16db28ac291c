import type { Shape } from "../shape.ts";
import { general, image, managed, route, service } from "./parts.ts";

/** In Frankfurt, with dedicated sizes, a standby, and autoscaling. */
export const frankfurt: Shape = {
  name: "studio",
  title: "another region, other sizes, autoscaling, a VPC of another range, locked buckets",
  zone: "studio.example",
  servesZone: true,
  datacentre: "fra1",
  vpc: { name: "studio", range: "172.20.16.0/22" },
  clusters: [
    {
      name: "studio-db",
      engine: "advanced_pg",
      version: "17",
      size: "gd-2vcpu-8gb",
      nodes: 2,
      databases: ["media"],
      users: ["media_app"],
      sources: [["ip_addr", "172.20.16.0/22"]],
    },
    { name: "studio-cache", engine: "valkey", version: "8", size: "db-s-1vcpu-2gb", nodes: 2 },
  ],
  buckets: [
    { name: "studio-media-staging", tier: "staging", expiresAfterDays: 14 },
    { name: "studio-media-masters", tier: "masters", versioned: true, lockDays: 30 },
    { name: "studio-media-previews", tier: "previews" },
    {
      name: "studio-media-backups",
      tier: "backups",
      versioned: true,
      lockDays: 14,
      expiresAfterDays: 30,
    },
  ],
  spec: {
    name: "studio",
    region: "fra",
    domains: [
      { domain: "studio.example", type: "PRIMARY", zone: "studio.example" },
      { domain: "media.studio.example", type: "ALIAS", zone: "studio.example" },
    ],
    services: [
      { ...service("frontend", "mam-frontend", "2", 3001), instance_count: 2 },
      {
        name: "api",
        image: image("mam-api", "3"),
        http_port: 3000,
        instance_size_slug: "apps-d-1vcpu-2gb",
        autoscaling: {
          min_instance_count: 2,
          max_instance_count: 5,
          metrics: { cpu: { percent: 60 } },
        },
        envs: [
          general("STAGING_BUCKET", "studio-media-staging"),
          general("MASTERS_BUCKET", "studio-media-masters"),
          general("PREVIEWS_BUCKET", "studio-media-previews"),
        ],
      },
      { ...service("edge", "mam-edge", "4"), instance_count: 2 },
    ],
    workers: [
      {
        name: "worker",
        image: image("mam-worker", "5"),
        instance_count: 2,
        instance_size_slug: "apps-d-2vcpu-4gb",
      },
    ],
    databases: [
      managed("pg", "PG", "studio-db", { db_name: "media", db_user: "media_app" }),
      managed("cache", "VALKEY", "studio-cache"),
    ],
    ingress: {
      rules: [
        route("edge", "/", "media.studio.example"),
        route("api", "/api"),
        route("frontend", "/"),
      ],
    },
  },
  options: ["--bucket", "backups=studio-media-backups"],
};
