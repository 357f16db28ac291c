import { z } from "zod";
import { nothing, type Endpoint } from "./endpoint.ts";

/** A private network. */
export const vpc = z.looseObject({
  id: z.string(),
  urn: z.string(),
  name: z.string(),
  region: z.string(),
  description: z.string().nullish(),
  ip_range: z.string().nullish(),
  default: z.boolean().nullish(),
  created_at: z.string(),
});

/** A DNS zone. */
export const domain = z.looseObject({ name: z.string(), ttl: z.number().nullish() });

/** A record of a DNS zone. */
export const domainRecord = z.looseObject({
  id: z.number(),
  type: z.string(),
  name: z.string(),
  data: z.string(),
  priority: z.number().nullish(),
  port: z.number().nullish(),
  ttl: z.number().nullish(),
  weight: z.number().nullish(),
  flags: z.number().nullish(),
  tag: z.string().nullish(),
});

const recordRequest = z.looseObject({
  type: z.string().nullish(),
  name: z.string(),
  data: z.string(),
  priority: z.number(),
  port: z.number(),
  ttl: z.number().nullish(),
  weight: z.number(),
  flags: z.number(),
  tag: z.string().nullish(),
});
const oneVpc = z.looseObject({ vpc });
const oneRecord = z.looseObject({ domain_record: domainRecord });
const records = "/v2/domains/{domain}/records";

/** Calls about private networks and DNS. */
export const network = {
  createVpc: {
    method: "POST",
    path: "/v2/vpcs",
    request: z.looseObject({
      name: z.string(),
      region: z.string(),
      description: z.string().nullish(),
      ip_range: z.string().nullish(),
    }),
    response: oneVpc,
  },
  getVpc: { method: "GET", path: "/v2/vpcs/{vpc_id}", response: oneVpc },
  updateVpc: {
    method: "PUT",
    path: "/v2/vpcs/{vpc_id}",
    request: z.looseObject({
      name: z.string(),
      description: z.string().nullish(),
      default: z.boolean(),
    }),
    response: oneVpc,
  },
  deleteVpc: { method: "DELETE", path: "/v2/vpcs/{vpc_id}", response: nothing },
  createDomain: {
    method: "POST",
    path: "/v2/domains",
    request: z.looseObject({ name: z.string(), ip_address: z.string().nullish() }),
    response: z.looseObject({ domain }),
  },
  getDomain: {
    method: "GET",
    path: "/v2/domains/{domain}",
    response: z.looseObject({ domain }),
  },
  deleteDomain: { method: "DELETE", path: "/v2/domains/{domain}", response: nothing },
  createRecord: { method: "POST", path: records, request: recordRequest, response: oneRecord },
  getRecord: { method: "GET", path: `${records}/{record_id}`, response: oneRecord },
  updateRecord: {
    method: "PUT",
    path: `${records}/{record_id}`,
    request: recordRequest,
    response: oneRecord,
  },
  deleteRecord: { method: "DELETE", path: `${records}/{record_id}`, response: nothing },
} as const satisfies Record<string, Endpoint>;
