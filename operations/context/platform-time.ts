import type { Endpoints } from "../../stacks/endpoints.ts";

/** The platforms' present: this machine's, or that of a rehearsal, whose time runs faster. */
export function platformNow({ clock }: Pick<Endpoints, "clock">): Date {
  if (!clock) return new Date();
  return new Date(clock.at + (Date.now() - clock.began) * clock.speed);
}

/** How many times as often as elsewhere a rehearsal is looked at, at most. */
const fastest = 12;

/** What the pauses between two looks are multiplied by: in a rehearsal as much happens in less of our time. */
export function paceOf({ clock }: Pick<Endpoints, "clock">): number {
  return clock ? 1 / Math.min(Math.max(clock.speed, 1), fastest) : 1;
}
