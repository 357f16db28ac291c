/** Where a landmine is made impossible, or where it is caught. */
export type Guard =
  /** The line of code that makes it impossible: `text` stands in `file`. */
  | { readonly kind: "line"; readonly file: string; readonly text: string }
  /** The test that fails when somebody steps on it. */
  | { readonly kind: "test"; readonly file: string; readonly name: string }
  /** The check of the doctor, the gate or verify that finds it. */
  | { readonly kind: "check"; readonly id: string }
  /** The act of the rehearsal in which it would go off. */
  | { readonly kind: "act"; readonly name: string };

/** Something in a platform, a provider or a tool that has cost people data or days. */
export interface Landmine {
  /** What goes wrong, and by what, in a sentence. */
  readonly what: string;
  readonly guards: readonly [Guard, ...Guard[]];
}

/** A line of code. */
export const line = (file: string, text: string): Guard => ({ kind: "line", file, text });
/** A test. */
export const test = (file: string, name: string): Guard => ({ kind: "test", file, name });
/** A check of docs/checks.md. */
export const check = (id: string): Guard => ({ kind: "check", id });
/** An act of the rehearsal. */
export const act = (name: string): Guard => ({ kind: "act", name });
