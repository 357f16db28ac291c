/** What becomes of something that was made by hand. */
export type Fate =
  /** It is taken over as it is, or with values that the file now says. */
  | "adopted"
  /** The first deployment changes it in place. */
  | "changed"
  /** It stays as it is, beside what we make. */
  | "left"
  /** It goes with the first deployment, which the gate refuses without a written reason. */
  | "lost"
  /** Nothing is written: it cannot be taken over as it is. */
  | "refused";

/** What is said about something that stands. */
export interface Remark {
  readonly fate: Fate;
  /** What it is about, as a person knows it: `the cluster shop-db`. */
  readonly about: string;
  /** What becomes of it, and why. Never a value of a variable. */
  readonly what: string;
  /** What a person may do about it. */
  readonly todo?: string;
}

/** Part of an environment's description, and what is to be said about it. */
export interface Described<Fields> {
  readonly fields: Fields;
  readonly remarks: readonly Remark[];
}
