import type { ChangeKind } from "./effect.ts";
import { isLowered } from "./lowered.ts";

/** Both sides of a change. */
export interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  /** Whether it is not known yet what it will be. */
  readonly unknown?: boolean;
}

/** What kind of change a plan shows. A value that is only written in another way is in no plan. */
export function changeKind(type: string, argument: string, sides: Sides): ChangeKind {
  const { after, unknown = false } = sides;
  if (unknown) return "set";
  if (after === undefined || after === null) return "removed";
  if (after === "" || (Array.isArray(after) && after.length === 0)) return "emptied";
  if (after === 0) return "zero";
  return isLowered(type, argument, sides) ? "lowered" : "set";
}
