import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { statePlaceOf } from "../state-place/place-of.ts";

/** A state that is moved, or was moved before. */
export interface Moved {
  readonly stack: string;
  readonly serial: number;
  readonly resources: number;
  /** Whether it was written now. */
  readonly written: boolean;
}

/** What a move came to, and what is left to do. */
export function outcome(environment: string, old: Session, moved: readonly Moved[]): Outcome {
  const lines = moved.map(
    ({ stack, serial, resources, written }) =>
      `  ${stack}: serial ${serial}, ${resources} resources, ${written ? "copied and compared" : "there already, the same"}`,
  );
  return {
    ok: true,
    data: { environment, from: old.environment.config.state.backend, states: moved },
    text: [
      `States of ${environment}, from ${statePlaceOf(old).called} to where its file says:`,
      ...lines,
      "Its history is there too. Nothing was deleted.",
      `Next: mam plan ${environment} has to show that nothing changes. Then remove the old ones, with their versions,`,
      `and in every checkout: rm -rf cdktf.out/stacks/${environment}-*/.terraform`,
      "",
    ].join("\n"),
  };
}

/** Why nothing is moved from where the states are. */
export const samePlace = (environment: string, from: string) =>
  [
    `The file of ${environment} says already that its states are in ${from}.`,
    "  fix: set state.backend to the new place first, then name the old one here",
  ].join("\n");

/** Why states stay in Spaces for as long as there are machines with a card. */
export const machinesStay = (environment: string) =>
  `${environment}-gpu has machines with a card, which need the states in Spaces: name the old place in state.backend again, remove services.worker.gpu, and mam deploy ${environment}; then move them`;

/** Every reason why states must not be moved, together. */
export const refusal = (environment: string, problems: readonly string[]) =>
  [
    `The states of ${environment} cannot be moved. Nothing was written.`,
    ...problems.map((problem) => `  ${problem}`),
    `  fix: see who works there, and which of two states is right: mam state show ${environment} lists those of the new place`,
  ].join("\n");
