import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { ResourceData } from "../../engine/data.ts";
import { attempt, failureOf, ProviderFailure } from "../../engine/failure.ts";
import type { ResourceContext, ResourceType } from "../../engine/resource.ts";

/** A resource type on DigitalOcean. */
export type DigitalOceanResource = ResourceType<DigitalOcean>;

/** What a resource on DigitalOcean works with. */
export type DigitalOceanContext = ResourceContext<DigitalOcean>;

/**
 * Asks for an object. When it is gone, its resource is dropped from the state and the answer is
 * undefined; any other refusal is a failure.
 */
export async function askUnlessGone<T>(
  data: ResourceData,
  doing: string,
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (refusedWith(error) !== 404) throw failureOf(doing, error);
    data.id = "";
    return undefined;
  }
}

/** Deletes an object; one that is gone already is deleted. */
export async function deleteIfThere(doing: string, request: () => Promise<unknown>): Promise<void> {
  await attempt(doing, () =>
    request().catch((error: unknown) => {
      if (refusedWith(error) !== 404) throw error;
    }),
  );
}

/**
 * A copy without the members that Go's `omitempty` leaves out: empty, zero and false ones. The API
 * takes an absent field for its default, and a present one at its word.
 */
export function withoutEmpty<T extends object>(members: T): Partial<T> {
  const kept = Object.entries(members).filter(
    ([, value]) =>
      value !== undefined &&
      value !== "" &&
      value !== 0 &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Partial<T>; // a subset of the members just taken
}

/** Writes a time as Go prints one: `2026-01-31 08:30:00.5 +0000 UTC`. */
export function goTime(rfc3339: string): string {
  const [, date = "", time = "", fraction = ""] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(rfc3339) ?? [];
  if (date === "") throw new ProviderFailure(`parsing time ${JSON.stringify(rfc3339)}: not in UTC`);
  const digits = fraction.replace(/0+$/, "").replace(/^\.$/, "");
  return `${date} ${time}${digits} +0000 UTC`;
}

/**
 * Splits an import id of two parts. What comes after the second is ignored, as by the real provider.
 *
 * @param parts what they are, `ID of the source database cluster and the name of the database` for example.
 */
export function importParts(
  id: string,
  parts: string,
  form = "id,name",
): readonly [string, string] {
  const [first, second] = id.split(",");
  if (first === undefined || second === undefined) {
    throw new ProviderFailure(`must use the ${parts} joined with a comma (e.g. \`${form}\`)`);
  }
  return [first, second];
}
