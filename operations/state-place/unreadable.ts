/**
 * Thrown for a state that stands and is none: empty, cut off, or something else. Nothing may be planned over it: Terraform
 * takes an empty one for that of a stack which was never deployed, and would make everything again.
 */
export class UnreadableState extends Error {
  readonly problem: string;

  /**
   * @param stack such as `staging-app`.
   * @param place what a person calls the place, after "in".
   * @param problem what is wrong with it, such as `it is empty`.
   * @param wayBack the line that mends it.
   */
  constructor(stack: string, place: string, problem: string, wayBack: string) {
    super(
      [
        `The state of ${stack}, in ${place}, cannot be read: ${problem}.`,
        "  expected: a state as Terraform writes it; nothing may be planned or deployed before there is one",
        `  fix: ${wayBack}`,
      ].join("\n"),
    );
    this.name = "UnreadableState";
    this.problem = problem;
  }
}

/** The line that brings a state back where older versions of it are kept. */
export const keptVersions = (stack: string) =>
  `choose one that mam state versions <environment> ${stack} lists, and write it over this one: mam state restore <environment> ${stack} <version>`;

/** What is wrong with an empty one. */
export const emptyState = "it is empty";

/** Why a text is no state of Terraform's, in half a sentence; undefined for one that is. */
export function unreadableBecause(text: string): string | undefined {
  if (text.trim() === "") return emptyState;
  try {
    const state: unknown = JSON.parse(text);
    return isState(state) ? undefined : "it is JSON, and no state of Terraform's";
  } catch {
    // What the parser says repeats a part of the text, and that may be a secret.
    return `it is no JSON, or was cut off after ${Buffer.byteLength(text)} bytes`;
  }
}

const isState = (one: unknown) =>
  typeof one === "object" && one !== null && "version" in one && "lineage" in one;
