import type { Act } from "../acts/act.ts";
import { acts } from "../acts/index.ts";
import { type Fault, faultKinds, faultSchema } from "../cloud/faults.ts";
import { CannotRehearse } from "../stage/workspace.ts";

/**
 * The acts of a list of names, with those that have to be played before them, in their order.
 *
 * @throws CannotRehearse when a name is unknown; it lists the known ones.
 */
export function selectActs(list: string | undefined): readonly Act[] {
  if (list === undefined) return acts;
  const wanted = new Set<string>();
  const want = (name: string) => {
    const act = acts.find((one) => one.name === name);
    if (!act) throw new CannotRehearse(`Unknown act "${name}", expected one of: ${names()}.`);
    act.after.forEach(want);
    wanted.add(name);
  };
  list.split(",").forEach((name) => {
    want(name.trim());
  });
  return acts.filter(({ name }) => wanted.has(name));
}

/**
 * The faults of a list such as `digitalocean:rate-limited:3,spaces:slow`: platform, kind, and how many requests meet it.
 *
 * @throws CannotRehearse when one is not understood; it lists what is.
 */
export function selectFaults(list: string | undefined): readonly Fault[] {
  if (list === undefined) return [];
  return list.split(",").map((text) => {
    const [platform, kind, times, ...rest] = text.trim().split(":");
    const counted = times === undefined ? {} : { times: Number(times) };
    const parsed = faultSchema.safeParse({ platform, kind, ...counted });
    if (parsed.success && rest.length === 0) return parsed.data;
    throw new CannotRehearse(
      `Fault "${text}" is not understood, expected platform:kind or platform:kind:times, ` +
        `where platform is digitalocean, wasabi or spaces, and kind is one of: ${faultKinds.join(", ")}.`,
    );
  });
}

function names(): string {
  return acts.map(({ name }) => name).join(", ");
}
