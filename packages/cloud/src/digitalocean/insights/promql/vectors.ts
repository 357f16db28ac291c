import type { Aggregation, Arithmetic, Grouping } from "./expression.ts";
import type { Labels } from "./matchers.ts";
import { QueryError } from "./query-error.ts";

/** A series' value at a time. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

const nameLabel = "__name__";

/** Labels that a grouping leaves; the metric's name only where it is asked for. */
export function grouped(labels: Labels, { keeps, labels: listed }: Grouping): Labels {
  return Object.fromEntries(
    Object.entries(labels).filter(([label]) =>
      keeps ? listed.includes(label) : label !== nameLabel && !listed.includes(label),
    ),
  );
}

/** All labels but the metric's name. */
export const unnamed = (labels: Labels): Labels => grouped(labels, { keeps: false, labels: [] });

/** Labels as one text, by which they are compared. */
export const keyOf = (labels: Labels) => JSON.stringify(Object.entries(labels).toSorted());

const compared =
  (isBetter: (value: number, best: number) => boolean) => (values: readonly number[]) =>
    values.reduce(
      (best, value) => (isBetter(value, best) || Number.isNaN(best) ? value : best),
      NaN,
    );
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const aggregate: Readonly<Record<Aggregation, (values: readonly number[]) => number>> = {
  sum,
  avg: (values) => sum(values) / values.length,
  max: compared((value, best) => value > best),
  min: compared((value, best) => value < best),
  count: (values) => values.length,
};

/** One sample for each group of labels. */
export function aggregated(
  name: Aggregation,
  grouping: Grouping,
  samples: readonly Sample[],
): Sample[] {
  const groups = new Map<string, { labels: Labels; values: number[] }>();
  for (const { labels, value } of samples) {
    const left = grouped(labels, grouping);
    const group = groups.get(keyOf(left)) ?? { labels: left, values: [] };
    group.values.push(value);
    groups.set(keyOf(left), group);
  }
  return [...groups.values()].map(({ labels, values }) => ({
    labels,
    value: aggregate[name](values),
  }));
}

/** Arithmetic as Prometheus does it: that of floating point. */
export const compute: Readonly<Record<Arithmetic, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": (left, right) => left ** right,
};

function byKey(samples: readonly Sample[], matching: Grouping): Map<string, Sample> {
  const found = new Map<string, Sample>();
  for (const sample of samples) {
    const key = keyOf(grouped(sample.labels, matching));
    if (found.has(key)) {
      throw new QueryError(
        "execution",
        "many-to-many matching not allowed: matching labels must be unique on one side",
      );
    }
    found.set(key, sample);
  }
  return found;
}

/**
 * Arithmetic between vectors: what has the same labels belongs together, and what has no partner is left out.
 *
 * @throws QueryError when several of one side belong to one of the other.
 */
export function combined(
  operator: Arithmetic,
  left: readonly Sample[],
  right: readonly Sample[],
  matching: Grouping = { keeps: false, labels: [] },
): Sample[] {
  const partners = byKey(right, matching);
  return [...byKey(left, matching)].flatMap(([key, { labels, value }]) => {
    const partner = partners.get(key);
    if (!partner) return [];
    return [{ labels: grouped(labels, matching), value: compute[operator](value, partner.value) }];
  });
}
