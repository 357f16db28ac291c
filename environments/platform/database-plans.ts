/** What a managed database's size slug says about a node. */
export interface DatabasePlan {
  /** Virtual CPUs of a node. */
  readonly vcpus: number;
  /** Memory of a node in GiB. */
  readonly memoryGib: number;
}

const slugPattern = /^(?:db-s|db-intel|db-amd|gd|so1_5|m)-(\d+)vcpu-(\d+)gb$/;

/**
 * Reads a database size slug such as `gd-2vcpu-8gb`. DigitalOcean sells dozens of sizes per engine and changes them
 * often, so the slug is parsed instead of looked up; whether it is still sold is asked of GET /v2/databases/options
 * before a deployment.
 *
 * @returns the plan, or `undefined` when the slug has not the shape of a database size.
 */
export function databasePlan(slug: string): DatabasePlan | undefined {
  const [, vcpus, memoryGib] = slugPattern.exec(slug) ?? [];
  return vcpus && memoryGib ? { vcpus: Number(vcpus), memoryGib: Number(memoryGib) } : undefined;
}

/**
 * Connections that clients may hold open on a PostgreSQL cluster: 25 for each GiB of memory, less 3 that the platform
 * keeps for itself. Source: docs.digitalocean.com/products/databases/postgresql/details/limits.
 */
export function postgresConnectionLimit(plan: DatabasePlan): number {
  return 25 * plan.memoryGib - 3;
}
