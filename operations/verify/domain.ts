import { certificateAuthorities } from "../../constructs/domain/certificate-authorities.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import type { Survey } from "./survey.ts";

/** The zone's records: both hosts lead somewhere, once, and App Platform's certificate authorities are allowed. */
export function domainComparisons(
  { domain }: EnvironmentConfig,
  { records }: Survey,
): Comparison[] {
  if (domain.zoneManagedBy === "elsewhere") return [];
  const authorities = records
    .filter(({ type }) => type === "CAA")
    .map(({ data }) => data.replace(/\.$/, ""));
  return [
    {
      resource: "the allowed certificate authorities",
      expected: inOrder(certificateAuthorities),
      found: inOrder(authorities),
    },
    ...[domain.appHost, domain.mediaHost].map((host) => ({
      resource: `the owners of ${host} in the zone`,
      expected: 1,
      found: new Set(
        records
          .filter((record) => isOf(record, host, domain.zone))
          .map(({ type }) => ownerOf(type)),
      ).size,
    })),
  ];
}

function isOf({ name, type }: Survey["records"][number], host: string, zone: string): boolean {
  const full = name === "@" ? zone : `${name}.${zone}`;
  return full === host && ["A", "AAAA", "CNAME"].includes(type);
}

/** Several addresses of one host are one owner; a CNAME beside them is a second. */
function ownerOf(type: string): string {
  return type === "CNAME" ? "CNAME" : "addresses";
}
