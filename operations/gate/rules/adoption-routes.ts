import { z } from "zod";

import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { type StandingRoute, ingressRoutesOf } from "../../adopt/roles.ts";

const plannedRule = z.looseObject({
  match: z
    .array(
      z.looseObject({
        path: z.array(z.looseObject({ prefix: z.string().nullish() })).default([]),
        authority: z.array(z.looseObject({ exact: z.string().nullish() })).default([]),
      }),
    )
    .default([]),
  component: z.array(z.looseObject({ name: z.string() })).default([]),
});

/** The ingress of an app as a plan has it. */
export const plannedIngress = z
  .array(z.looseObject({ rule: z.array(plannedRule).default([]) }))
  .default([]);

type Image = { readonly repository?: string | null | undefined } | undefined;

/** What is planned: who answers, and with which image. */
interface Wanted {
  readonly ingress: z.output<typeof plannedIngress>;
  readonly domain: readonly { readonly name: string }[];
  readonly service: readonly { readonly name: string; readonly image: readonly Image[] }[];
  readonly worker: Wanted["service"];
}

/** A route that goes, with who answers it instead. */
interface LostRoute {
  readonly route: string;
  readonly found: string;
}

/**
 * Routes that reach another image than now. Those of a host that goes, and of a component whose image runs nowhere any more, are
 * said with these.
 */
export function lostRoutes(old: AppSpec, wanted: Wanted): LostRoute[] {
  const hosts = wanted.domain.map(({ name }) => name);
  const coming = [...wanted.service, ...wanted.worker].flatMap(
    ({ image: [image] }) => image?.repository ?? [],
  );
  return ingressRoutesOf(old)
    .filter(({ host }) => host === undefined || hosts.includes(host))
    .flatMap((route) => {
      const next = answerer(wanted, route);
      if (!isLost(route, imageOf(old, route.component), next.repository, coming)) return [];
      return [{ route: wordsOf(route), found: `${next.name} answers it, with another image` }];
    });
}

const wordsOf = ({ prefix, host = "", component }: StandingRoute) =>
  component === undefined
    ? `the redirect of ${host}${prefix}`
    : `the route ${host}${prefix} of ${component}`;

function isLost(
  { component }: StandingRoute,
  now: string | undefined,
  next: string | undefined,
  coming: readonly string[],
): boolean {
  if (component === undefined) return true;
  if (!now || !coming.includes(now)) return false;
  return now !== next;
}

const imageOf = (
  { services = [], static_sites: sites = [] }: AppSpec,
  component: string | undefined,
) => [...services, ...sites].find(({ name }) => name === component)?.image?.repository;

/** The component that answers a path of a host, by the first rule that matches. */
function answerer({ ingress: [ingress], service }: Wanted, route: StandingRoute) {
  const rule = (ingress?.rule ?? []).find((one) => isMatch(one, route));
  const name = rule?.component[0]?.name ?? "nobody";
  const image = service.find((one) => one.name === name)?.image[0];
  return { name, repository: image?.repository ?? undefined };
}

function isMatch(
  { match: [match] }: z.output<typeof plannedRule>,
  { prefix: path, host }: StandingRoute,
): boolean {
  const prefix = match?.path[0]?.prefix ?? "/";
  const own = match?.authority[0]?.exact ?? "";
  return (own === "" || own === host) && isBelow(path, prefix);
}

const isBelow = (path: string, prefix: string) =>
  prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
