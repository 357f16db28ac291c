import type { Shape } from "../shape.ts";
import { general, managed, secret, service, tagged } from "./parts.ts";

/** One image for everything, by its tag, with routes as they were written before there was an ingress. */
export const oneImage: Shape = {
  name: "stadium",
  title: "one image by its tag, old routes, variables of the whole app, a job that migrates",
  zone: "stadium.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "stadium", range: "10.49.0.0/20" },
  tags: [["stadium", "latest", "6"]],
  clusters: [
    {
      name: "stadium-db",
      engine: "pg",
      version: "17",
      size: "db-s-1vcpu-2gb",
      nodes: 1,
      databases: ["stadium"],
      users: ["stadium"],
      pools: [{ name: "large", mode: "transaction", size: 40, db: "stadium", user: "" }],
      sources: [["ip_addr", "10.49.0.0/20"]],
      settings: { log_min_duration_statement: -1, autovacuum_vacuum_scale_factor: 0.4 },
    },
  ],
  buckets: [{ name: "stadium-films", tier: "masters" }],
  spec: {
    name: "stadium",
    region: "nyc",
    domains: [{ domain: "www.stadium.example", type: "PRIMARY", zone: "stadium.example" }],
    envs: [
      general("LOG_LEVEL", "warn"),
      general("FILMS", "stadium-films"),
      secret("JWT_SECRET_A", "by-hand"),
    ],
    services: [
      {
        ...service("backend", "stadium", "6", 3000),
        image: tagged("stadium"),
        run_command: "npm run api",
        envs: [general("MASTERS_BUCKET", "${FILMS}")],
        routes: [{ path: "/api" }, { path: "/hooks" }],
        health_check: { http_path: "/healthz", initial_delay_seconds: 20 },
        termination: { drain_seconds: 60, grace_period_seconds: 300 },
      },
      {
        ...service("site", "stadium", "6", 80),
        image: tagged("stadium"),
        run_command: "npm run site",
        routes: [{ path: "/" }],
      },
    ],
    jobs: [
      {
        name: "db-migrate",
        kind: "PRE_DEPLOY",
        image: tagged("stadium"),
        run_command: "npm run schema",
        instance_count: 1,
        instance_size_slug: "apps-s-1vcpu-2gb",
      },
    ],
    databases: [managed("db", "PG", "stadium-db", { db_name: "stadium", db_user: "stadium" })],
  },
};
