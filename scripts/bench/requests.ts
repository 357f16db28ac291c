import type { Measured } from "./measured.ts";
import { type Rehearsed, onPlatforms } from "./rehearsed.ts";

/** Most of what Terraform alone asks for the same work. */
const most = 1.3;

/** Most requests of a glance. */
const mostOfStatus = 12;

/** What is deployed, with `mam` and with Terraform alone. */
const works = ["from nothing", "a release", "a rotation of storage keys"] as const;

type Work = (typeof works)[number];
type Counts = Readonly<Record<Work | "status", number>>;

/**
 * Counts what is asked of DigitalOcean. A release of Terraform's is plans, their apply, and plans that say that nothing is left; a
 * rotation is three of them: new keys, their use, and the end of the old ones.
 *
 * @param base another checkout, whose `mam` is counted beside this one's.
 */
export async function benchRequests(
  base: string | undefined,
  interruption: AbortSignal,
): Promise<Measured[]> {
  const now = await onPlatforms(process.cwd(), interruption, countMam);
  const before = base === undefined ? undefined : await onPlatforms(base, interruption, countMam);
  const alone = await onPlatforms(process.cwd(), interruption, countTerraform);
  const unit = "requests";
  const status: Measured = {
    what: "requests to DigitalOcean of `mam status`",
    ...(before === undefined ? {} : { before: before.status }),
    now: now.status,
    unit,
    limit: { of: "now", most: mostOfStatus },
  };
  const deployments = works.map((work) => ({
    what: `requests to DigitalOcean of \`mam deploy\`: ${work}`,
    ...(before === undefined ? {} : { before: before[work] }),
    now: now[work],
    reference: { what: "Terraform alone", value: alone[work] },
    ...{ unit, limit: { of: "reference", most } as const },
  }));
  return [...deployments, status];
}

async function countMam(rehearsed: Rehearsed): Promise<Counts> {
  const { mam, harness } = rehearsed;
  const rotate = ["secrets", "rotate"];
  const nothing = await counted(rehearsed, () => mam(["deploy"], ["--yes"]));
  const status = await counted(rehearsed, () => mam(["status"]));
  rehearsed.release();
  const release = await counted(rehearsed, () => mam(["deploy"], ["--yes"]));
  const rotated = await counted(rehearsed, () => mam(rotate, ["storage-keys", "--yes"]));
  harness.context.releases.letWaitingPass(minutesUntilRetired);
  const retired = await counted(rehearsed, () =>
    mam(rotate, ["storage-keys", "--retire", "--yes"]),
  );
  return {
    "from nothing": nothing,
    "a release": release,
    "a rotation of storage keys": rotated + retired,
    status,
  };
}

/** Longer than anything uses a key that was replaced. */
const minutesUntilRetired = 24 * 60;

async function countTerraform(rehearsed: Rehearsed): Promise<Readonly<Record<Work, number>>> {
  const nothing = await counted(rehearsed, () => rehearsed.terraform("apply"));
  rehearsed.release();
  const release = await counted(rehearsed, () => rehearsed.terraform("plan, apply, plan"));
  return {
    "from nothing": nothing,
    "a release": release,
    "a rotation of storage keys": 3 * release,
  };
}

async function counted({ requests }: Rehearsed, action: () => Promise<void>): Promise<number> {
  const mark = requests();
  await action();
  return requests() - mark;
}
