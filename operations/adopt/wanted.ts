import type { StorageTier } from "../../constructs/storage/tiers.ts";
import type { Roles } from "./roles.ts";

/** What a person says about what is to be taken over; what is not said is found. */
export interface Wanted {
  /** Name or id of the app. */
  readonly app?: string | undefined;
  /** Names of clusters that the app does not name. */
  readonly postgres?: string | undefined;
  readonly valkey?: string | undefined;
  /** Name of the logical database, where there are several. */
  readonly database?: string | undefined;
  readonly buckets: Readonly<Partial<Record<StorageTier, string>>>;
  readonly roles: Roles;
}
