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
  extraOrigins: field(z.array(z.string()).max(20).default([]).readonly(), {
    meaning:
      "Origins beside the app's host whose pages may upload to storage, play media and call the API with credentials: a review tool on a host of its own, for example. Each is `https://` and a host, without a path or a wildcard. With any, the API answers CORS by itself, because App Platform takes one exact origin only.",
    unit: "origins",
    examples: [["https://review.northlight.example"], []],
  }),
  corsMaxAgeSeconds: field(wholeNumber(0, 86_400).default(3600), {
    meaning: "How long a browser may remember the answer to a CORS preflight.",
    unit: "seconds",
  }),
});
