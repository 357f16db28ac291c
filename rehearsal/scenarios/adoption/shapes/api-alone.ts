import type { Shape } from "../shape.ts";
import { general, managed, route, service } from "./parts.ts";

/** The API and masters, and nothing else; database and user are those that a cluster begins with. */
export const apiAlone: Shape = {
  name: "gallery",
  title:
    "an API alone, the database and user that a cluster begins with, a variable that no image reads",
  zone: "gallery.example",
  servesZone: true,
  datacentre: "nyc1",
  vpc: { name: "gallery", range: "10.47.0.0/20" },
  clusters: [
    {
      name: "gallery-db",
      engine: "pg",
      version: "17",
      size: "db-s-1vcpu-1gb",
      nodes: 1,
      databases: [],
      users: [],
      sources: [["ip_addr", "10.47.0.0/20"]],
    },
  ],
  buckets: [{ name: "gallery-media-masters", tier: "masters" }],
  spec: {
    name: "gallery",
    region: "nyc",
    domains: [{ domain: "www.gallery.example", type: "PRIMARY", zone: "gallery.example" }],
    services: [
      {
        ...service("api", "mam-api", "3", 3000),
        envs: [general("MASTERS_BUCKET", "gallery-media-masters"), general("DEBUG_SQL", "1")],
      },
    ],
    databases: [managed("db", "PG", "gallery-db", { db_name: "defaultdb", db_user: "doadmin" })],
    ingress: { rules: [route("api", "/")] },
  },
};
