import type { Rule } from "./rule.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";
import { canonicalHost, canonicallyWritten, liesInside, sameHost } from "./host-names.ts";
import { isOrigin, writtenOrigins } from "./origins.ts";

const insideZone = (field: "appHost" | "mediaHost"): Rule => ({
  path: `domain.${field}`,
  fails: ({ domain }) => !liesInside(domain[field], domain.zone),
  expected: ({ domain }) => `a host inside ${canonicalHost(domain.zone)}`,
  fix: ({ domain }) =>
    `set domain.${field}: "${field === "appHost" ? "mam" : "media"}.${canonicalHost(domain.zone)}"`,
});

const ownOrigin = ({ domain }: EnvironmentConfig) => `https://${canonicalHost(domain.appHost)}`;

const asWritten = (environment: EnvironmentConfig) =>
  writtenOrigins(environment.domain.extraOrigins, [ownOrigin(environment)]);

const setOrigins = (environment: EnvironmentConfig) => {
  const origins = asWritten(environment);
  return origins.length === 0
    ? "remove domain.extraOrigins"
    : `set domain.extraOrigins: ${JSON.stringify(origins)}`;
};

const originRules: readonly Rule[] = [
  {
    path: "domain.extraOrigins",
    fails: ({ domain }) => domain.extraOrigins.some((origin) => origin.includes("*")),
    expected: "hosts by name: a wildcard would let pages upload that nobody has seen",
    fix: (environment) => `${setOrigins(environment)}, and add every host that is meant`,
  },
  {
    path: "domain.extraOrigins",
    fails: ({ domain }) =>
      domain.extraOrigins.some((origin) => !origin.includes("*") && !isOrigin(origin)),
    expected:
      "origins as browsers send them: https:// and a host in lower case, without a path or a final slash",
    fix: setOrigins,
  },
  {
    path: "domain.extraOrigins",
    fails: (environment) => {
      const { extraOrigins } = environment.domain;
      return (
        extraOrigins.every(isOrigin) && asWritten(environment).length < new Set(extraOrigins).size
      );
    },
    expected: "other origins than the app's own, which is always allowed",
    fix: setOrigins,
  },
  {
    path: "domain.extraOrigins",
    fails: ({ domain: { extraOrigins } }) =>
      extraOrigins.every(isOrigin) && new Set(extraOrigins).size < extraOrigins.length,
    expected: "each origin once",
    fix: setOrigins,
  },
];

/** Rules about hosts: a host outside the zone never gets its certificate. */
export const domainRules: readonly Rule[] = [
  canonicallyWritten("domain.zone"),
  canonicallyWritten("domain.appHost"),
  canonicallyWritten("domain.mediaHost"),
  insideZone("appHost"),
  insideZone("mediaHost"),
  {
    path: "domain.mediaHost",
    fails: ({ domain }) => sameHost(domain.mediaHost, domain.appHost),
    expected: "another host than domain.appHost: the edge answers everything on its host",
    fix: ({ domain }) => `set domain.mediaHost: "media.${canonicalHost(domain.zone)}"`,
  },
  ...originRules,
];
