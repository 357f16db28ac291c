/** What a size slug says about a node. */
export interface NodePlan {
  readonly vcpus: number;
  readonly memoryGib: number;
}

/** Reads `db-s-2vcpu-4gb` or `gd-2vcpu-8gb-intel`; undefined for a slug of another shape. */
export function nodePlan(size: string): NodePlan | undefined {
  const [, vcpus, memory] = /-(\d+)vcpu-(\d+)gb(?:-intel)?$/.exec(size) ?? [];
  return vcpus && memory ? { vcpus: Number(vcpus), memoryGib: Number(memory) } : undefined;
}

const gibInMib = 1024;

/**
 * Disk of a node when none was asked for: 10 GiB on the smallest size, otherwise 15 GiB for each GiB of memory, which
 * gives the 61440 MiB of `db-s-2vcpu-4gb` in the API description's example. That the rule holds for other sizes is an
 * assumption.
 */
export function defaultStorageMib(size: string): number {
  const { memoryGib = 1 } = nodePlan(size) ?? {};
  return (memoryGib <= 1 ? 10 : 15 * memoryGib) * gibInMib;
}

/**
 * Connections that clients may hold on a PostgreSQL node: 25 for each GiB of memory, less 3 that the platform keeps.
 * Source: docs.digitalocean.com/products/databases/postgresql/details/limits.
 */
export function connectionLimit(size: string): number {
  const { memoryGib = 1 } = nodePlan(size) ?? {};
  return 25 * memoryGib - 3;
}
