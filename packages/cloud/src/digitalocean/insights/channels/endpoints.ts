import { created, endpoint, noContent, ok } from "../../api/endpoint.ts";
import { pageQuery } from "../../api/pagination.ts";
import { listed } from "../lists.ts";
import { channelSchema } from "./channel-schema.ts";
import {
  addChannel,
  describeChannel,
  findChannel,
  removeChannel,
  replaceChannel,
} from "./channels.ts";

const path = "/v2/insights/notification-channels";

/** `/v2/insights/notification-channels`. Source: godo 1.239.0 and DigitalOcean's API description. */
export const channelEndpoints = [
  endpoint({
    method: "GET",
    path,
    scope: "insights:read",
    query: pageQuery,
    refusal: 400,
    handle: ({ store: { insights }, query, url }) => {
      const channels = insights.channels.map((one) => describeChannel(insights, one));
      return ok(listed("notification_channels", channels, { query, url }, insights.knobs));
    },
  }),
  endpoint({
    method: "POST",
    path,
    scope: "insights:create",
    body: channelSchema,
    refusal: 400,
    handle: ({ store, body, at }) => {
      const channel = addChannel(store, body, at);
      return created({ notification_channel: describeChannel(store.insights, channel) });
    },
  }),
  endpoint({
    method: "GET",
    path: `${path}/:id`,
    scope: "insights:read",
    handle: ({ store: { insights }, params: { id } }) =>
      ok({ notification_channel: describeChannel(insights, findChannel(insights, id)) }),
  }),
  endpoint({
    method: "PUT",
    path: `${path}/:id`,
    scope: "insights:update",
    body: channelSchema,
    refusal: 400,
    handle: ({ store, params: { id }, body, at }) => {
      const channel = replaceChannel(store, id, body, at);
      return ok({ notification_channel: describeChannel(store.insights, channel) });
    },
  }),
  endpoint({
    method: "DELETE",
    path: `${path}/:id`,
    scope: "insights:delete",
    handle: ({ store: { insights }, params: { id } }) => {
      removeChannel(insights, id);
      return noContent();
    },
  }),
];
