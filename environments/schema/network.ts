import { z } from "zod";

import { regionSlugs } from "../platform/regions.ts";
import { field, group } from "./field.ts";

/** Where the platform stands and which private range it uses. */
export const networkSchema = group("Where the platform stands and which private range it uses.", {
  region: field(z.enum(regionSlugs), {
    meaning:
      "App Platform region. The datacentre of the VPC and the databases, the Spaces region of the state and the nearest Wasabi region follow from it. It cannot be changed later without moving the data.",
    unit: "slug",
  }),
  vpcCidr: field(z.cidrv4(), {
    meaning:
      "Address range of the VPC. It is the databases' only trusted source, and it cannot be changed without replacing them.",
    unit: "CIDR",
    examples: ["10.120.0.0/20", "10.121.0.0/20"],
  }),
});
