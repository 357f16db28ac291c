/** Checks in a row that change what an instance counts as. */
export interface Thresholds {
  readonly success: number;
  readonly failure: number;
}

/** What the checks so far say; undefined until one of the thresholds is reached for the first time. */
export type Verdict = "passing" | "failing" | undefined;

/** Counts checks in a row. */
export function countChecks({ success, failure }: Thresholds): (passed: boolean) => Verdict {
  let verdict: Verdict;
  let [good, bad] = [0, 0];
  return (passed) => {
    good = passed ? good + 1 : 0;
    bad = passed ? 0 : bad + 1;
    if (good >= success) verdict = "passing";
    if (bad >= failure) verdict = "failing";
    return verdict;
  };
}
