import { serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { storageTiers } from "../../constructs/storage/tiers.ts";
import { regionSlugs, regions } from "../../environments/platform/regions.ts";
import { type DriftField, type Convert, of } from "./drift-field.ts";

/** The name of an environment's resource begins with the product. */
const product =
  (suffix: string): Convert =>
  (value, { name }) => {
    const end = `-${name}${suffix}`;
    return String(value).endsWith(end) ? String(value).slice(0, -end.length) : undefined;
  };

const withoutEnd =
  (end: string): Convert =>
  (value) =>
    String(value).endsWith(end) ? String(value).slice(0, -end.length) : undefined;

/** The region that a datacentre belongs to. */
const regionOf: Convert = (value) => regionSlugs.find((slug) => regions[slug].datacentre === value);

/** Fields that are decided once: with another value the resource is replaced, or known by another name. */
export const decidedOnce: readonly DriftField[] = [
  ...of("digitalocean_vpc.vpc", [
    ["ip_range", "network.vpcCidr"],
    ["region", "network.region", regionOf],
  ]),
  ...of("digitalocean_database_cluster.postgres", [
    ["name", "product", product("-postgres")],
    ["engine", "database.edition", (value) => (value === "advanced_pg" ? "advanced" : "standard")],
    ["region", "network.region", regionOf],
  ]),
  ...of("digitalocean_database_cluster.valkey", [
    ["name", "product", product("-valkey")],
    ["region", "network.region", regionOf],
  ]),
  ...of("digitalocean_database_db.postgres_database", [["name", "database.name"]]),
  ...of("digitalocean_database_user.postgres_user", [["name", "database.user"]]),
  ...of("digitalocean_database_user.postgres_user_b", [
    ["name", "database.user", withoutEnd("_b")],
  ]),
  ...of("digitalocean_domain.zone", [["name", "domain.zone"]]),
  ...storageTiers.flatMap((tier) =>
    of(`aws_s3_bucket.${tier}`, [["bucket", "storage.bucketPrefix", withoutEnd(`-${tier}`)]]),
  ),
  ...serviceRoleNames.flatMap((role) =>
    of(`aws_iam_user.${role.replaceAll("-", "_")}`, [["name", "product", product(`-${role}`)]]),
  ),
];
