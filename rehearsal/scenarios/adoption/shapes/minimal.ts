import type { Shape } from "../shape.ts";
import { service } from "./parts.ts";

/** One service, and nothing else: how most begin. */
export const minimal: Shape = {
  name: "corner",
  title: "one service, no database, no host of its own",
  zone: "corner.northlight.example",
  servesZone: true,
  datacentre: "nyc1",
  clusters: [],
  buckets: [],
  spec: {
    name: "corner-web",
    region: "nyc",
    services: [service("web", "corner-web", "1")],
  },
};
