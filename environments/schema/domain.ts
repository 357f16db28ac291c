import { z } from "zod";

import { field, group, wholeNumber } from "./field.ts";

const hostname = z.hostname();

/** Hosts, zone and certificates. */
export const domainSchema = group("Hosts, zone and certificates.", {
  zone: field(hostname, {
    meaning: "DNS zone that both hosts lie in.",
    unit: "domain",
    examples: ["northlight.example", "staging.northlight.example"],
  }),
  zoneManagedBy: field(z.enum(["digitalocean", "elsewhere"]), {
    meaning:
      "Who serves the zone. With `digitalocean` the zone, its CAA records and the hosts are managed here; with `elsewhere` the records to create are an output.",
    unit: "choice",
  }),
  appHost: field(hostname, {
    meaning: "Host of the frontend, and of the API under /api.",
    unit: "host",
    examples: ["mam.northlight.example", "mam.staging.northlight.example"],
  }),
  mediaHost: field(hostname, {
    meaning:
      "Host of the edge. A host of its own keeps cookies away from media and lets media move elsewhere by DNS alone.",
    unit: "host",
    examples: ["media.northlight.example", "media.staging.northlight.example"],
  }),
  corsMaxAgeSeconds: field(wholeNumber(0, 86_400).default(3600), {
    meaning: "How long a browser may remember the answer to a CORS preflight.",
    unit: "seconds",
  }),
});
