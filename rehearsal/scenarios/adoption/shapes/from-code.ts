import type { Shape } from "../shape.ts";
import { managed, route } from "./parts.ts";

/** Built from a repository, in the VPC that every datacentre has, beside other things in its zone. */
export const fromCode: Shape = {
  name: "kiosk",
  title: "an app that is built from code, the default VPC, a zone with records of other things",
  zone: "kiosk.example",
  servesZone: true,
  datacentre: "nyc1",
  clusters: [
    {
      name: "kiosk-db",
      engine: "pg",
      version: "16",
      size: "db-s-1vcpu-1gb",
      nodes: 1,
      databases: ["kiosk", "reports"],
      users: ["kiosk"],
    },
    { name: "kiosk-cache", engine: "valkey", version: "8", size: "db-s-1vcpu-1gb", nodes: 1 },
    { name: "kiosk-sessions", engine: "valkey", version: "8", size: "db-s-1vcpu-1gb", nodes: 1 },
  ],
  buckets: [],
  records: [
    { type: "CNAME", name: "media", data: "cdn.elsewhere.example." },
    { type: "MX", name: "@", data: "mail.kiosk.example." },
    { type: "CAA", name: "@", data: "letsencrypt.org." },
    { type: "TXT", name: "@", data: "v=spf1 -all" },
  ],
  checks: [{ name: "is it up", target: "https://kiosk.example" }],
  spec: {
    name: "kiosk",
    region: "nyc",
    disable_edge_cache: true,
    domains: [{ domain: "kiosk.example", type: "PRIMARY", wildcard: true, zone: "kiosk.example" }],
    services: [
      {
        name: "api",
        github: { repo: "kiosk/shop", branch: "main", deploy_on_push: true },
        source_dir: "/api",
        dockerfile_path: "api/Dockerfile",
        http_port: 3000,
        instance_count: 1,
        instance_size_slug: "apps-s-1vcpu-0.5gb",
      },
      {
        name: "site",
        github: { repo: "kiosk/shop", branch: "main", deploy_on_push: true },
        environment_slug: "node-js",
        build_command: "npm run build",
        run_command: "npm start",
        http_port: 8080,
        instance_count: 1,
        instance_size_slug: "apps-s-1vcpu-1gb",
      },
    ],
    databases: [
      managed("db", "PG", "kiosk-db", { db_name: "kiosk", db_user: "kiosk" }),
      managed("cache", "VALKEY", "kiosk-cache"),
      managed("sessions", "VALKEY", "kiosk-sessions"),
    ],
    ingress: { rules: [route("api", "/api"), route("site", "/")] },
  },
  options: ["--valkey", "kiosk-cache"],
};
