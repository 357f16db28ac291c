import { z } from "zod";

import { endpoint, ok } from "../api/endpoint.ts";
import { notFound } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { appRegions } from "../regions.ts";
import { isSold } from "../withdrawn.ts";
import { describeAlert, setDestinations } from "./alerts.ts";
import { createApp, deleteApp, describeApp, findApp, proposeApp, updateApp } from "./app.ts";
import { appInstanceSizes, instanceSize } from "./instance-sizes.ts";
import { describeHealth, describeInstances } from "./observation.ts";
import { appSpecSchema } from "./spec/spec.ts";

const read = "app:read";

const catalogueEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/apps/tiers/instance_sizes",
    scope: read,
    handle: ({ store }) =>
      ok({ instance_sizes: appInstanceSizes.filter(({ slug }) => isSold(store, slug)) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/tiers/instance_sizes/:slug",
    scope: read,
    handle: ({ store, params }) => {
      const size = instanceSize(params.slug);
      if (!size || !isSold(store, size.slug)) throw notFound("instance size not found");
      return ok({ instance_size: size });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/regions",
    scope: read,
    handle: ({ store }) =>
      ok({
        regions: appRegions.map(
          ({ slug, label, flag, continent, data_centers, default: first }) => ({
            slug,
            label,
            flag,
            continent,
            data_centers,
            ...(first ? { default: true } : {}),
            ...(isSold(store, slug) ? {} : { disabled: true, reason: "capacity" }),
          }),
        ),
      }),
  }),
];

const alertEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/alerts",
    scope: read,
    handle: ({ store, params }) =>
      ok({ alerts: findApp(store, params.app_id).alerts.map(describeAlert) }),
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/:app_id/alerts/:alert_id/destinations",
    scope: "app:update",
    refusal: 400,
    body: z.strictObject({
      emails: z
        .array(z.email())
        .nullable()
        .default([])
        .transform((list) => list ?? []),
      slack_webhooks: z
        .array(z.strictObject({ url: z.url({ protocol: /^https$/ }), channel: z.string() }))
        .nullable()
        .default([])
        .transform((list) => list ?? []),
    }),
    handle: ({ store, params, body }) => {
      const alert = setDestinations(store, findApp(store, params.app_id), params.alert_id, body);
      return ok({ alert: describeAlert(alert) });
    },
  }),
];

/** `/v2/apps` without its deployments. Source: DigitalOcean API description, `apps/`. */
export const appEndpoints = [
  ...catalogueEndpoints,
  endpoint({
    method: "GET",
    path: "/v2/apps",
    scope: read,
    query: pageQuery.extend({ with_projects: z.enum(["true", "false"]).exactOptional() }),
    handle: ({ store, query, url }) => {
      const apps = store.apps.map((app) => describeApp(store, app));
      return ok(paginate("apps", apps, { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps",
    scope: "app:create",
    refusal: 400,
    body: z.strictObject({ spec: appSpecSchema, project_id: z.uuid().exactOptional() }),
    handle: ({ store, body, at }) => {
      const app = createApp(store, body.spec, body.project_id, at);
      return ok({ app: describeApp(store, app) });
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/apps/propose",
    scope: "app:create",
    refusal: 400,
    body: z.strictObject({ spec: appSpecSchema, app_id: z.uuid().exactOptional() }),
    handle: ({ store, body, at }) => {
      const existing = body.app_id === undefined ? undefined : findApp(store, body.app_id);
      return ok(proposeApp(store, body.spec, existing, at));
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id",
    scope: read,
    handle: ({ store, params }) => ok({ app: describeApp(store, findApp(store, params.app_id)) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/apps/:app_id",
    scope: "app:update",
    refusal: 400,
    body: z.strictObject({
      spec: appSpecSchema,
      update_all_source_versions: z.boolean().default(false),
    }),
    handle: ({ store, params, body, at }) => {
      const app = findApp(store, params.app_id);
      const { update_all_source_versions: updateAllSourceVersions } = body;
      updateApp(store, app, body.spec, { updateAllSourceVersions, at });
      return ok({ app: describeApp(store, app) });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/apps/:app_id",
    scope: "app:delete",
    handle: ({ store, params }) => {
      const app = findApp(store, params.app_id);
      deleteApp(store, app);
      return ok({ id: app.id });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/health",
    scope: read,
    handle: ({ store, params, at }) =>
      ok({ app_health: describeHealth(findApp(store, params.app_id), at) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/apps/:app_id/instances",
    scope: read,
    handle: ({ store, params, at }) =>
      ok({ instances: describeInstances(findApp(store, params.app_id), at) }),
  }),
  ...alertEndpoints,
];
