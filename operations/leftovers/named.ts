import type { FoundResource } from "./leftover-type.ts";

/** What has a name, of a list of what stands. */
export function named(
  list: readonly { readonly name: string; readonly id: string }[],
  wanted: string | undefined,
): FoundResource[] {
  return list.filter(({ name }) => name === wanted).map(({ name, id }) => ({ name, id }));
}
