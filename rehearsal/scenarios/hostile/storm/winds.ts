import type { Fault } from "@mam-infra/cloud/faults";

import { momentOf } from "../../interruption/moments.ts";

/** What a command goes through. */
export interface Wind {
  readonly kind: Fault["kind"];
  /** Platforms on which it blows. */
  readonly platforms: readonly Fault["platform"][];
  /** What it is, for people. */
  readonly what: string;
}

/** Where nothing is asked, nothing meets a fault: the states lie in one of the last two. */
const everywhere = ["digitalocean", "wasabi", "spaces", "hcp"] as const;

/** Every storm. The stores answer what was written last, so that only DigitalOcean's API can be late. */
export const winds: readonly Wind[] = [
  { kind: "rate-limited", platforms: everywhere, what: "429" },
  { kind: "error-before-effect", platforms: everywhere, what: "500 before the effect" },
  { kind: "error-after-effect", platforms: everywhere, what: "500 after the effect" },
  { kind: "slow", platforms: everywhere, what: "slow answers" },
  { kind: "dropped-connection", platforms: everywhere, what: "cut connections" },
  { kind: "stale", platforms: ["digitalocean"], what: "yesterday's answers" },
];

/** The storms of a list of kinds, such as `stale,slow`, as it stands in `MAM_WINDS`; all of them without it. */
export function windsFrom({
  MAM_WINDS: list,
}: Readonly<Record<string, string | undefined>>): readonly Wind[] {
  if (list === undefined) return winds;
  const chosen = winds.filter(({ kind }) => list.split(",").includes(kind));
  if (chosen.length > 0) return chosen;
  throw new Error(
    `MAM_WINDS=${list} names no storm, expected some of: ${winds.map(({ kind }) => kind).join(", ")}`,
  );
}

/** Requests to a platform in the shortest of the commands, about: further on nothing would meet a fault. */
const reach: Readonly<Record<Fault["platform"], number>> = {
  digitalocean: 90,
  wasabi: 90,
  spaces: 15,
  hcp: 15,
};

/** Faults that a command meets on each platform. */
const gusts = 5;

/** The faults of a storm, at random moments of a command, the same for the same seed. */
export function gustsOf({ kind, platforms }: Wind, seed: string): Fault[] {
  return platforms.flatMap((platform, index) =>
    Array.from({ length: gusts }, (_, gust) => ({
      platform,
      kind,
      after: Math.floor(momentOf(`${seed}:${kind}`, index * gusts + gust) * reach[platform]),
    })),
  );
}
