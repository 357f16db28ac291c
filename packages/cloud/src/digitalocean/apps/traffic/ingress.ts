import type { App } from "../model.ts";
import type { AppSpec, IngressRule } from "../spec/spec.ts";

/** Where a request is sent. */
export type Route =
  | { readonly kind: "component"; readonly component: string; readonly path: string }
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  | { readonly kind: "none" };

const hostMatches = ({ domain, wildcard }: { domain: string; wildcard?: boolean }, host: string) =>
  host === domain || (wildcard === true && host.endsWith(`.${domain}`));

/** Whether an app answers for a host: its own address always, a domain once it is configured and has its certificate. */
export function answersFor(app: App, host: string): boolean {
  return (
    host === new URL(app.default_ingress).host ||
    app.domains.some(({ spec, phase }) => phase === "ACTIVE" && hostMatches(spec, host))
  );
}

/** A prefix matches whole segments: `/api` takes `/api` and `/api/x`, not `/apix`. */
function prefixMatches(prefix: string, path: string): boolean {
  const bare = prefix.replace(/\/$/, "");
  return path === bare || path.startsWith(`${bare}/`);
}

function forwardedPath({ match, component }: IngressRule, path: string): string {
  const prefix = (match?.path?.prefix ?? "/").replace(/\/$/, "");
  if (component?.preserve_path_prefix) return path;
  const rest = path.slice(prefix.length);
  const trimmed = rest.startsWith("/") ? rest : `/${rest}`;
  return component?.rewrite === undefined
    ? trimmed
    : component.rewrite.replace(/\/$/, "") + trimmed;
}

type Redirect = NonNullable<IngressRule["redirect"]>;

function redirectRoute(redirect: Redirect, host: string, path: string): Route {
  const {
    uri = path,
    authority = host,
    scheme = "https",
    port,
    redirect_code: status = 302,
  } = redirect;
  const suffix = port === undefined ? "" : `:${port}`;
  return { kind: "redirect", status, location: `${scheme}://${authority}${suffix}${uri}` };
}

/** The first rule whose host and prefix match, in the order of the specification. */
export function ruleOf(spec: AppSpec, host: string, path: string): IngressRule | undefined {
  return (spec.ingress?.rules ?? []).find(
    ({ match }) =>
      (match?.authority === undefined || match.authority.exact === host) &&
      prefixMatches(match?.path?.prefix ?? "/", path),
  );
}

/**
 * Finds the route of a request: the first rule whose host and prefix match, in the order of the specification. The
 * prefix is cut off unless the rule preserves it. Source: godo 1.202.0, `AppIngressSpecRuleRoutingComponent`.
 */
export function routeOf(spec: AppSpec, host: string, path: string): Route {
  const rule = ruleOf(spec, host, path);
  if (!rule) return { kind: "none" };
  if (rule.redirect) return redirectRoute(rule.redirect, host, path);
  if (!rule.component) return { kind: "none" };
  return {
    kind: "component",
    component: rule.component.name,
    path: forwardedPath(rule, path),
  };
}
