import type {
  AppSpecIngress,
  AppSpecIngressRule,
} from "@cdktf/provider-digitalocean/lib/app/index.js";

import type { EnvironmentConfig, PublicServiceName } from "../../environments/schema.ts";

/**
 * Which component answers which request; the first rule that matches wins. Media has a host of its own, whatever the
 * path; on every other host `/api` is the API and the rest the frontend, so that the app can be tried under its default
 * address before DNS points to it.
 */
export function ingress({ domain }: EnvironmentConfig): AppSpecIngress {
  const maxAge = `${domain.corsMaxAgeSeconds}s`;
  const allowOrigins = { exact: `https://${domain.appHost}` };
  return {
    rule: [
      {
        ...route("edge", "/", domain.mediaHost),
        cors: {
          allowOrigins,
          allowMethods: ["GET", "HEAD", "OPTIONS"],
          allowHeaders: ["Range"],
          exposeHeaders: ["Accept-Ranges", "Content-Length", "Content-Range"],
          maxAge,
          allowCredentials: false,
        },
      },
      {
        ...route("api", "/api"),
        cors: {
          allowOrigins,
          allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
          allowHeaders: ["Authorization", "Content-Type"],
          maxAge,
          allowCredentials: true,
        },
      },
      route("frontend", "/"),
    ],
  };
}

/** The whole path reaches the component: stripped of its prefix, a signed path would no longer match its signature. */
function route(name: PublicServiceName, prefix: string, host?: string): AppSpecIngressRule {
  return {
    match: { path: { prefix }, ...(host === undefined ? {} : { authority: { exact: host } }) },
    component: { name, preservePathPrefix: true },
  };
}
