import { databasePlan } from "../../environments/platform/database-plans.ts";

/** What a value comes to as a number; undefined for one that cannot be compared. */
type Measure = (value: unknown) => number | undefined;

const number: Measure = (value) => {
  const parsed = Number(value);
  return value === null || value === undefined || Number.isNaN(parsed) ? undefined : parsed;
};

/** Memory of a node: a size of the same memory, with other CPUs, is no smaller one to the platform. */
const memory: Measure = (value) =>
  typeof value === "string" ? databasePlan(value)?.memoryGib : undefined;

/** Arguments that the platform never lowers, and how they are compared. */
const neverLowered: Readonly<Record<string, Readonly<Record<string, Measure>>>> = {
  digitalocean_database_cluster: { size: memory, storage_size_mib: number, version: number },
};

/** Whether a change lowers what the platform never lowers. */
export function isLowered(
  type: string,
  argument: string,
  { before, after }: { readonly before: unknown; readonly after: unknown },
): boolean {
  const measure = neverLowered[type]?.[argument];
  const [was, is] = [measure?.(before), measure?.(after)];
  return was !== undefined && is !== undefined && is < was;
}
