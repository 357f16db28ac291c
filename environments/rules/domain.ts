import type { Rule } from "../rule.ts";

const isInside = (host: string, zone: string) => host === zone || host.endsWith(`.${zone}`);

const insideZone = (field: "appHost" | "mediaHost"): Rule => ({
  path: `domain.${field}`,
  fails: ({ domain }) => !isInside(domain[field], domain.zone),
  expected: ({ domain }) => `a host inside ${domain.zone}`,
  fix: ({ domain }) =>
    `set domain.${field}: "${field === "appHost" ? "mam" : "media"}.${domain.zone}"`,
});

/** Rules about hosts: a host outside the zone never gets its certificate. */
export const domainRules: readonly Rule[] = [
  insideZone("appHost"),
  insideZone("mediaHost"),
  {
    path: "domain.mediaHost",
    fails: ({ domain }) => domain.mediaHost === domain.appHost,
    expected: "another host than domain.appHost: the edge answers everything on its host",
    fix: ({ domain }) => `set domain.mediaHost: "media.${domain.zone}"`,
  },
];
