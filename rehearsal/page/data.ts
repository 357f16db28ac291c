import { isOpenToInternet } from "@mam-infra/cloud/digitalocean/databases/firewall";
import type { Store } from "@mam-infra/cloud/digitalocean/store";
import type { Bucket, S3Store } from "@mam-infra/cloud/s3/store";
import { type Html, lines, section, state } from "./html.ts";

/** The database clusters, and who reaches them. */
export function databasesSection({ databases }: Store): Html {
  const rows = databases.map((cluster) => [
    cluster.name,
    `${cluster.engine} ${cluster.version}`,
    `${cluster.num_nodes} × ${cluster.size}`,
    state(cluster.status, cluster.status === "online" ? "good" : "busy"),
    isOpenToInternet(cluster)
      ? state("the whole internet", "bad")
      : lines(cluster.rules.map(({ type, value }) => `${type} ${value}`)),
    lines(cluster.users.map(({ name }) => name)),
  ]);
  const columns = ["Cluster", "Engine", "Nodes", "Status", "Trusted sources", "Users"];
  return section("Databases", columns, rows, "No database yet.");
}

/** The buckets of a store. */
export function bucketsSection(title: string, { buckets }: S3Store): Html {
  const rows = [...buckets.values()].map((bucket) => [
    bucket.name,
    bucket.objects.size,
    bucket.versioning,
    lockOf(bucket),
    bucket.policy === undefined ? "none" : lines(statementsOf(bucket.policy)),
    lines((bucket.cors ?? []).flatMap(({ AllowedOrigin }) => AllowedOrigin)),
  ]);
  const columns = ["Bucket", "Objects", "Versioning", "Object lock", "Policy", "Origins"];
  return section(title, columns, rows, "No bucket yet.");
}

function lockOf({ objectLock }: Bucket): string {
  const retention = objectLock?.default;
  if (!retention) return objectLock ? "on" : "off";
  return `${retention.mode}, ${retention.count} ${retention.unit.toLowerCase()}`;
}

function statementsOf(policy: string): string[] {
  // The platform has checked the policy when it was put.
  const { Statement } = JSON.parse(policy) as { Statement: readonly { Sid?: string }[] };
  return Statement.map(({ Sid = "without a name" }) => Sid);
}

/** The zones and their records. */
export function dnsSection({ domains }: Store): Html {
  const rows = domains.flatMap(({ name: zone, records }) =>
    records.map(({ type, name, data, ttl }) => [zone, name, type, data, ttl]),
  );
  const columns = ["Zone", "Name", "Type", "Data", "Seconds"];
  return section("DNS", columns, rows, "No zone yet.");
}
