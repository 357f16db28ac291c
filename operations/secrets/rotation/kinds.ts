import type { SlottedName } from "../../../environments/schema/rotation.ts";
import { databaseUser } from "./database-user.ts";
import type { KindOfSecret } from "./kind.ts";
import { type Slotted, slottedOf } from "./names.ts";
import { signingKey } from "./signing-key.ts";
import { storageKey } from "./storage-key.ts";

/** How each kind of secret is rotated. */
const kinds: Readonly<Record<Slotted["kind"], KindOfSecret>> = {
  "signing key": signingKey,
  "storage key": storageKey,
  "database user": databaseUser,
};

/** How a secret is rotated. */
export function kindOf(name: SlottedName): KindOfSecret {
  return kinds[slottedOf(name).kind];
}
