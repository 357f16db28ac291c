import type { FidelityRow } from "../fidelity.ts";
import { accessFidelity } from "./fidelity/access.ts";
import { bucketFidelity } from "./fidelity/buckets.ts";
import { objectFidelity } from "./fidelity/objects.ts";

/** Everything that the rehearsal assumes about Wasabi. No account was at hand: each row awaits its probe. */
export const wasabiFidelity: readonly FidelityRow[] = [
  ...bucketFidelity,
  ...objectFidelity,
  ...accessFidelity,
];
