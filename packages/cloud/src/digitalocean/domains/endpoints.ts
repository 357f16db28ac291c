import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import {
  createDomain,
  createRecord,
  deleteDomain,
  deleteRecord,
  describeDomain,
  findDomain,
  findRecord,
  fullName,
  updateRecord,
} from "./domain.ts";
import { recordTypes } from "./model.ts";

const [read, create, update, remove] = [
  "domain:read",
  "domain:create",
  "domain:update",
  "domain:delete",
];

const number = (maximum: number) => z.int().min(0).max(maximum).nullable().exactOptional();

const recordSchema = z.strictObject({
  type: z.enum(recordTypes),
  name: z.string().min(1),
  data: z.string().min(1),
  priority: number(65_535),
  port: number(65_535),
  ttl: z.int().min(30).max(2_147_483_647).exactOptional(),
  weight: number(65_535),
  flags: number(255),
  tag: z.enum(["issue", "issuewild", "iodef", ""]).nullable().exactOptional(),
});

const changeSchema = recordSchema.extend({
  type: z.enum(recordTypes).exactOptional(),
  name: z.string().min(1).exactOptional(),
  data: z.string().min(1).exactOptional(),
});

const recordEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/domains/:domain/records",
    scope: read,
    query: pageQuery.extend({
      name: z.string().exactOptional(),
      type: z.enum(recordTypes).exactOptional(),
    }),
    handle: ({ store, params, query, url }) => {
      const domain = findDomain(store, params.domain);
      const records = domain.records.filter(
        (record) =>
          (query.type === undefined || record.type === query.type) &&
          (query.name === undefined || fullName(record, domain) === query.name),
      );
      return ok(paginate("domain_records", records, { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/domains/:domain/records",
    scope: create,
    body: recordSchema,
    handle: ({ store, params, body }) =>
      created({ domain_record: createRecord(store, findDomain(store, params.domain), body) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/domains/:domain/records/:id",
    scope: read,
    handle: ({ store, params }) =>
      ok({ domain_record: findRecord(findDomain(store, params.domain), params.id) }),
  }),
  ...(["PUT", "PATCH"] as const).map((method) =>
    endpoint({
      method,
      path: "/v2/domains/:domain/records/:id",
      scope: update,
      body: changeSchema,
      handle: ({ store, params, body }) => {
        const domain = findDomain(store, params.domain);
        return ok({ domain_record: updateRecord(domain, findRecord(domain, params.id), body) });
      },
    }),
  ),
  endpoint({
    method: "DELETE",
    path: "/v2/domains/:domain/records/:id",
    scope: remove,
    handle: ({ store, params }) => {
      const domain = findDomain(store, params.domain);
      deleteRecord(domain, findRecord(domain, params.id));
      return noContent();
    },
  }),
];

/** `/v2/domains`. Source: DigitalOcean API description, `domains/`. */
export const domainEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/domains",
    scope: read,
    query: pageQuery,
    handle: ({ store, query, url }) =>
      ok(paginate("domains", store.domains.map(describeDomain), { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/domains",
    scope: create,
    body: z.strictObject({
      name: z.string().regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
      ip_address: z.union([z.literal(""), z.ipv4()]).exactOptional(),
    }),
    handle: ({ store, body, at }) =>
      created({ domain: describeDomain(createDomain(store, body.name, body.ip_address, at)) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/domains/:domain",
    scope: read,
    handle: ({ store, params }) => ok({ domain: describeDomain(findDomain(store, params.domain)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/domains/:domain",
    scope: remove,
    handle: ({ store, params }) => {
      deleteDomain(store, findDomain(store, params.domain));
      return noContent();
    },
  }),
  ...recordEndpoints,
];
