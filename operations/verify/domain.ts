import { certificateAuthorities } from "../../constructs/domain/certificate-authorities.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import { missingRecords, strangeRecords } from "./host-records.ts";
import type { ObservedState } from "../platform/observed-state.ts";

/** The zone's records: both hosts lead to the app and nowhere else, and App Platform's certificate authorities are allowed. */
export function domainComparisons(
  config: EnvironmentConfig,
  observed: ObservedState,
): Comparison[] {
  const { domain } = config;
  if (domain.zoneManagedBy === "elsewhere") return [];
  return [...authorityComparisons(config, observed), ...hostComparisons(config, observed)];
}

function authorityComparisons(
  { domain: { zone } }: EnvironmentConfig,
  { records }: ObservedState,
): Comparison[] {
  const known: readonly string[] = certificateAuthorities;
  const found = records
    .filter(({ type, name }) => type === "CAA" && name === "@")
    .map(({ id, data }) => ({ id, authority: data.replace(/\.$/, "") }));
  return [
    {
      resource: "the allowed certificate authorities",
      expected: inOrder(certificateAuthorities),
      found: inOrder(found.map(({ authority }) => authority).filter((one) => known.includes(one))),
    },
    ...found
      .filter(({ authority }) => !known.includes(authority))
      .map(({ id, authority }) => ({
        resource: "a certificate authority that nobody configured",
        expected: "none",
        found: authority,
        fix: `\`doctl compute domain records delete ${zone} ${id}\``,
      })),
  ];
}

/** The hosts of an app that stands; App Platform makes their records itself as long as a domain is not active. */
function hostComparisons(config: EnvironmentConfig, { records, app }: ObservedState): Comparison[] {
  if (!app?.default_ingress) return [];
  const ingress = new URL(app.default_ingress).host;
  return [
    ...missingRecords(config, records, ingress, activeHosts(config, app)),
    ...strangeRecords(config, records, ingress),
  ];
}

/** The environment's hosts for which App Platform has done everything, and does nothing any more. */
export function activeHosts(
  { domain: { appHost, mediaHost } }: EnvironmentConfig,
  { domains }: Pick<NonNullable<ObservedState["app"]>, "domains">,
): string[] {
  return [appHost, mediaHost].filter((host) =>
    domains?.some(({ spec, phase }) => spec.domain === host && phase === "ACTIVE"),
  );
}
