import type { Kept } from "../../environments/schema/kept.ts";

/** What storage takes away once the app has moved, in words. */
export function withheldInWords({ origins, keys }: Kept): string[] {
  return [
    ...origins.map((origin) => `the buckets let ${origin} in no more`),
    ...keys.map(({ role, slot }) => `the key of ${role} in slot ${slot} is deleted`),
  ];
}
