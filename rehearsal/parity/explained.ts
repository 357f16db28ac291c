/** A difference between the two kinds of providers that says nothing about whether the embedded ones are right. */
export interface ExplainedDifference {
  /** Matches the whole sentence of the difference. */
  readonly pattern: RegExp;
  /** Why it comes about, as a sentence. */
  readonly why: string;
}

/** Every difference that may stand. Anything else is a mistake of the embedded providers. */
export const explainedDifferences: readonly ExplainedDifference[] = [
  {
    pattern: /managed by mam: \w+ [0-9a-f]{12}/,
    why: "The fingerprint is of a dashboard with the ids of its resources in it, which are others in each rehearsal.",
  },
];

/** A difference and, where it may stand, the reason. */
export interface Difference {
  readonly what: string;
  readonly why?: string;
}

/** Gives each difference its reason, where there is one. */
export function explain(
  differences: readonly string[],
  explained: readonly ExplainedDifference[] = explainedDifferences,
): readonly Difference[] {
  return differences.map((what) => {
    const reason = explained.find(({ pattern }) => pattern.test(what));
    return reason === undefined ? { what } : { what, why: reason.why };
  });
}
