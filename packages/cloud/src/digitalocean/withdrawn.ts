import type { Store } from "./store.ts";

/** Whether something is still sold: a region, an instance size, a database size, or a version such as `pg 17`. */
export function isSold({ withdrawn }: Pick<Store, "withdrawn">, slug: string): boolean {
  return !withdrawn.includes(slug);
}
