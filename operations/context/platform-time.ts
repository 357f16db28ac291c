import type { Endpoints } from "../../stacks/endpoints.ts";

/** The platforms' present: this machine's, or that of a rehearsal, whose time runs faster. */
export function platformNow({ clock }: Pick<Endpoints, "clock">): Date {
  if (!clock) return new Date();
  return new Date(clock.at + (Date.now() - clock.began) * clock.speed);
}
