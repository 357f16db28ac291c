import type {
  AppSpecIngress,
  AppSpecIngressRule,
  AppSpecIngressRuleCors,
  AppSpecIngressRuleCorsAllowOrigins,
} from "@cdktf/provider-digitalocean/lib/app/index.js";

import type {
  EnvironmentConfig,
  PublicServiceName,
} from "../../environments/schema/environment.ts";
import { allowedOrigins } from "../domain/allowed-origins.ts";

/**
 * Which component answers which request; the first rule that matches wins. Media has a host of its own, whatever the
 * path; on every other host `/api` is the API and the rest the frontend, so that the app can be tried under its default
 * address before DNS points to it.
 */
export function ingress(config: EnvironmentConfig): AppSpecIngress {
  return {
    rule: [
      { ...route("edge", "/", config.domain.mediaHost), cors: mediaCors(config) },
      { ...route("api", "/api"), ...apiCors(config) },
      route("frontend", "/"),
    ],
  };
}

function mediaCors(config: EnvironmentConfig): AppSpecIngressRuleCors {
  return {
    allowOrigins: oneMatcher(allowedOrigins(config)),
    allowMethods: ["GET", "HEAD", "OPTIONS"],
    allowHeaders: ["Range"],
    exposeHeaders: ["Accept-Ranges", "Content-Length", "Content-Range"],
    maxAge: `${config.domain.corsMaxAgeSeconds}s`,
    allowCredentials: false,
  };
}

/**
 * App Platform allows credentials to one exact origin only. With several it is told nothing, so that preflights reach
 * the API, which knows the whole list as ALLOWED_ORIGINS.
 */
function apiCors(config: EnvironmentConfig): { readonly cors?: AppSpecIngressRuleCors } {
  const [exact, ...others] = allowedOrigins(config);
  if (exact === undefined || others.length > 0) return {};
  return {
    cors: {
      allowOrigins: { exact },
      allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
      allowHeaders: ["Authorization", "Content-Type"],
      maxAge: `${config.domain.corsMaxAgeSeconds}s`,
      allowCredentials: true,
    },
  };
}

/** The provider takes one entry: several origins are one anchored RE2 expression. */
function oneMatcher(origins: readonly string[]): AppSpecIngressRuleCorsAllowOrigins {
  const [exact] = origins;
  if (exact !== undefined && origins.length === 1) return { exact };
  const literal = (origin: string) => origin.replaceAll(/[.+*?^$()[\]{}|\\]/g, "\\$&");
  return { regex: `^(?:${origins.map(literal).join("|")})$` };
}

/** The whole path reaches the component: stripped of its prefix, a signed path would no longer match its signature. */
function route(name: PublicServiceName, prefix: string, host?: string): AppSpecIngressRule {
  return {
    match: { path: { prefix }, ...(host === undefined ? {} : { authority: { exact: host } }) },
    component: { name, preservePathPrefix: true },
  };
}
