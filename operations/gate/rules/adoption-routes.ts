import { z } from "zod";

import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";

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

const standingRule = z.looseObject({
  match: z
    .looseObject({
      path: z.looseObject({ prefix: z.string().optional() }).optional(),
      authority: z.looseObject({ exact: z.string().optional() }).optional(),
    })
    .optional(),
  component: z.looseObject({ name: z.string() }).optional(),
});

const standingIngress = z.looseObject({ rules: z.array(standingRule).default([]) }).optional();

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
  const { rules = [] } = standingIngress.parse(old.ingress) ?? {};
  const hosts = wanted.domain.map(({ name }) => name);
  const coming = [...wanted.service, ...wanted.worker].flatMap(
    ({ image: [image] }) => image?.repository ?? [],
  );
  return rules.flatMap(({ match, component }) => {
    const [prefix, host] = [match?.path?.prefix ?? "/", match?.authority?.exact];
    if (host !== undefined && !hosts.includes(host)) return [];
    const next = answerer(wanted, prefix, host);
    const now = component && imageOf(old, component.name);
    if (component && (!now || !coming.includes(now) || now === next.repository)) return [];
    const route = component
      ? `the route ${host ?? ""}${prefix} of ${component.name}`
      : `the redirect of ${host ?? ""}${prefix}`;
    return [{ route, found: `${next.name} answers it, with another image` }];
  });
}

const imageOf = ({ services = [], static_sites: sites = [] }: AppSpec, name: string) =>
  [...services, ...sites].find((one) => one.name === name)?.image?.repository;

/** The component that answers a path of a host, by the first rule that matches. */
function answerer({ ingress: [ingress], service }: Wanted, path: string, host: string | undefined) {
  const rule = (ingress?.rule ?? []).find(({ match: [match] }) => {
    const [prefix, own] = [match?.path[0]?.prefix ?? "/", match?.authority[0]?.exact ?? undefined];
    const isOfHost = own === undefined || own === "" || own === host;
    return isOfHost && (prefix === "/" || path === prefix || path.startsWith(`${prefix}/`));
  });
  const name = rule?.component[0]?.name ?? "nobody";
  const image = service.find((one) => one.name === name)?.image[0];
  return { name, repository: image?.repository ?? undefined };
}
