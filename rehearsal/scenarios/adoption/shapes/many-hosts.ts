import type { Shape } from "../shape.ts";
import { general, route, service } from "./parts.ts";

/** Hosts that an environment has no room for, and clusters that the app does not name. */
export const manyHosts: Shape = {
  name: "press",
  title: "further hosts, a cluster that the app does not name, no VPC in the app",
  zone: "press.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "press-net", range: "10.46.0.0/20" },
  joinsVpc: false,
  clusters: [
    {
      name: "press-db",
      engine: "pg",
      version: "16",
      size: "db-s-1vcpu-2gb",
      nodes: 1,
      databases: ["press"],
      users: [],
      pools: [{ name: "press", mode: "session", size: 5, db: "press", user: "doadmin" }],
    },
  ],
  buckets: [],
  spec: {
    name: "press",
    region: "nyc",
    domains: [
      { domain: "app.press.example", type: "PRIMARY" },
      { domain: "press.example", type: "ALIAS" },
      { domain: "video.press.example", type: "ALIAS" },
    ],
    envs: [general("TEAM", "press")],
    services: [
      service("frontend", "mam-frontend", "2", 3001),
      service("api", "mam-api", "3", 3000),
    ],
    ingress: { rules: [route("api", "/api"), route("frontend", "/")] },
  },
  options: ["--postgres", "press-db"],
};
