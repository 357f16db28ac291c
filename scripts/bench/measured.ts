/** What a row of the table came to. */
export interface Measured {
  readonly what: string;
  readonly unit: string;
  /** At the commit that is compared with; undefined without one. */
  readonly before?: number;
  readonly now: number;
  /** What it is held against beside the other commit, such as Terraform alone. */
  readonly reference?: { readonly what: string; readonly value: number };
  /** What is limited, and the limit: the value itself, or its ratio to the other commit or to the reference. */
  readonly limit: { readonly of: "now" | "before" | "reference"; readonly most: number };
}

/** The number that is limited; undefined where the other commit was not measured. */
export function limited({ before, now, reference, limit }: Measured): number | undefined {
  if (limit.of === "now") return now;
  const other = limit.of === "before" ? before : reference?.value;
  return other === undefined ? undefined : now / other;
}

/** Whether a row keeps its limit; undefined where it cannot be said. */
export function holds(measured: Measured): boolean | undefined {
  const value = limited(measured);
  return value === undefined ? undefined : value <= measured.limit.most;
}

/** The middle of some values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((first, second) => first - second);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
