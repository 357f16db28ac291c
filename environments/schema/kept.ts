import type { Slot, StorageRoleName } from "./rotation.ts";

/**
 * What storage keeps beyond what the files say, while the running app still uses it: in the middle of a deployment, until
 * the app has moved. No file says it; the platform is asked.
 */
export interface Kept {
  /** Origins whose pages may go on asking the buckets. */
  readonly origins: readonly string[];
  /** Storage keys that go on working. */
  readonly keys: readonly { readonly role: StorageRoleName; readonly slot: Slot }[];
}

/** Nothing beyond what the files say. */
export const nothingKept: Kept = { origins: [], keys: [] };
