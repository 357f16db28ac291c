import type { Suite } from "../scenarios/index.ts";
import { CannotRehearse } from "../harness/workspace.ts";
import { type BoundProject, ownBindings, projectWithBindings } from "./bindings.ts";
import { parsePins } from "./pins.ts";
import { recordUpgrade } from "./record.ts";
import { sideOf } from "./side.ts";
import { type UpgradeOutcome, upgrade } from "./upgrade.ts";

/** What is played, as on the command line. */
export interface UpgradeOptions {
  readonly from?: string;
  readonly to?: string;
  readonly acts?: string;
  readonly terraform?: string;
  readonly state?: string;
}

/** An upgrade that is ready to be played. */
export interface PreparedUpgrade {
  readonly suites: readonly Suite[];
  /** Project whose bindings are exchanged; undefined where they stay. */
  readonly project: BoundProject | undefined;
  /** Keeps what came out. */
  record(now: Date): void;
}

/**
 * Finds the programs and bindings of both sides.
 *
 * @returns undefined when no upgrade is asked for.
 * @throws CannotRehearse when a side is missing, or cannot be had.
 */
export async function prepareUpgrade(
  environment: string,
  { from: older, to: newer, ...others }: UpgradeOptions,
): Promise<PreparedUpgrade | undefined> {
  if (older === undefined && newer === undefined) return undefined;
  if (older === undefined || newer === undefined || isElsewhere(others)) {
    throw new CannotRehearse(
      "--from and --to go together, and without --acts, --terraform and --state: npm run rehearse -- --from terraform=1.11.4 --to terraform=/opt/terraform-1.15.9/terraform",
    );
  }
  const pins = [parsePins(older), parsePins(newer)] as const;
  const pinned = pins.map(({ bindings }) => bindings).filter((version) => version !== undefined);
  const named = pinned.length > 0 ? ownBindings() : undefined;
  const [from, to] = [await sideOf(pins[0], named), await sideOf(pins[1], named)];
  const project = pinned.length > 0 ? await projectWithBindings(environment, pinned) : undefined;
  const outcome: UpgradeOutcome = { over: [], back: [] };
  const use = ({ bindings }: { readonly bindings: string | undefined }) => project?.use(bindings);
  const scenario = upgrade(from, to, use, outcome);
  return {
    suites: [{ name: "upgrade", title: `From ${from.what} to ${to.what}:`, scenarios: [scenario] }],
    project,
    record: (now) => {
      const { released = false, over, back } = outcome;
      const sides = { environment, from: from.what, to: to.what };
      const plans = { over: over.map(copyOf), released, back: back.map(copyOf) };
      recordUpgrade({ ...sides, ...plans, on: now.toISOString().slice(0, 10) });
    },
  };
}

/** Whether something else is asked for that an upgrade has no place for. */
const isElsewhere = ({ acts, terraform, state = "configured" }: UpgradeOptions) =>
  acts !== undefined || terraform !== undefined || state !== "configured";

const copyOf = ({ stack, changes }: UpgradeOutcome["over"][number]) => ({
  stack,
  changes: [...changes],
});
