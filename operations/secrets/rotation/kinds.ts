import type { SlottedName } from "../../../environments/schema/rotation.ts";
import { databaseUserRotation } from "./database-user.ts";
import type { KindOfSecret } from "./kind.ts";
import { type Slotted, slottedOf } from "./names.ts";
import { signingKeyRotation } from "./signing-key.ts";
import { storageKeyRotation } from "./storage-key.ts";

/** How each kind of secret is rotated. */
const kinds: Readonly<Record<Slotted["kind"], KindOfSecret>> = {
  "signing key": signingKeyRotation,
  "storage key": storageKeyRotation,
  "database user": databaseUserRotation,
};

/** How a secret is rotated. */
export function kindOf(name: SlottedName): KindOfSecret {
  return kinds[slottedOf(name).kind];
}
