import { type Amount, sumOf } from "./amount.ts";
import type { BilledPart, CostLine } from "./line.ts";

/** How much of a resource there is, and what it costs. */
type Standing = Pick<CostLine, "quantity" | "month">;

/** What becomes of a line. */
export interface CostChange {
  readonly part: BilledPart;
  readonly resource: string;
  /** Null for what comes. */
  readonly before: Standing | null;
  /** Null for what goes. */
  readonly after: Standing | null;
  /** How much more it costs in a month, or less; null where that cannot be known. Without `most`: that, or more of it. */
  readonly month: Amount | null;
}

/** What a change does to a month's cost. */
export interface CostDelta {
  readonly lines: readonly CostChange[];
  /** All changes that are known, together. */
  readonly month: Amount;
  /** Resources whose cost changes by something that cannot be known. */
  readonly unknown: readonly string[];
}

/** The lines that differ between two estimates; undefined where none does. */
export function deltaOf(
  before: readonly CostLine[],
  after: readonly CostLine[],
): CostDelta | undefined {
  const key = ({ part, resource }: CostLine) => `${part}: ${resource}`;
  const old = new Map(before.map((line) => [key(line), line]));
  const fresh = new Map(after.map((line) => [key(line), line]));
  const lines = [...new Set([...old.keys(), ...fresh.keys()])].flatMap(
    (one) => changeOf(old.get(one), fresh.get(one)) ?? [],
  );
  if (lines.length === 0) return undefined;
  return {
    lines,
    month: sumOf(lines.flatMap(({ month }) => month ?? [])),
    unknown: lines.filter(({ month }) => month === null).map(({ resource }) => resource),
  };
}

function changeOf(
  before: CostLine | undefined,
  after: CostLine | undefined,
): CostChange | undefined {
  const known = after ?? before;
  if (!known) return undefined;
  if (before && after && sameCost(before, after)) return undefined;
  const { part, resource } = known;
  return {
    part,
    resource,
    before: before ? standing(before) : null,
    after: after ? standing(after) : null,
    month: differenceOf(before, after),
  };
}

/** Whether nothing changes that is paid for. An amount that is not known may change with its quantity. */
function sameCost(before: CostLine, after: CostLine): boolean {
  if (before.month === null || after.month === null)
    return before.month === after.month && before.quantity === after.quantity;
  return before.month.least === after.month.least && before.month.most === after.month.most;
}

const standing = ({ quantity, month }: CostLine): Standing => ({ quantity, month });

function differenceOf(before: CostLine | undefined, after: CostLine | undefined): Amount | null {
  const nothing = { least: 0, most: 0 };
  const [old, fresh] = [before ? before.month : nothing, after ? after.month : nothing];
  if (old === null || fresh === null) return null;
  const least = fresh.least - old.least;
  if (old.most !== null && fresh.most !== null) return { least, most: fresh.most - old.most };
  // Two amounts of which only the least is known, of the same price, differ by that or more; of two prices by anything.
  const samePrice = !before || !after || before.price === after.price;
  return samePrice ? { least, most: null } : null;
}
