import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { PlanJson, ResourceChange } from "../terraform/plan-json.ts";
import { actionOf } from "./action.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { adopt } from "./adoption.ts";
import type { Adoption } from "./adoption-line.ts";
import { type Noise, isEncryption, noiseInDrift, noiseOf } from "./noise.ts";
import { shownSides } from "./shown.ts";
import { inWords } from "./words.ts";

/** Something that a person changed outside of the project, and that the deployment would undo. */
export interface DriftedField {
  readonly address: string;
  /** The resource in a person's words. */
  readonly what: string;
  /** The attribute; empty when all of the resource is gone. */
  readonly path: string;
  /** What it was after the last release. */
  readonly before: string;
  /** What somebody made of it. */
  readonly found: string;
  /** What the deployment makes of it. */
  readonly planned: string;
  readonly keep: Adoption;
}

/**
 * Sorts what differs from the state: what a person changed and the deployment would undo, and what nothing follows from.
 * Every such difference is named, because the whole app spec is sent on every deployment: without this list a value set
 * in the control panel would vanish in silence.
 */
export function explainDrift(
  config: EnvironmentConfig,
  { resource_drift: drifted, resource_changes: changes }: PlanJson,
): { readonly drift: readonly DriftedField[]; readonly noise: readonly Noise[] } {
  const explained = drifted
    .filter(({ mode }) => mode === "managed")
    .map((drift) => {
      const change = changes.find(({ address }) => address === drift.address);
      return drift.change.actions.includes("delete")
        ? explainDeletion(config, drift, change)
        : explainChanges(config, drift, change);
    });
  return {
    drift: explained.flatMap((one) => one.drift),
    noise: explained.flatMap((one) => one.noise),
  };
}

interface ExplainedDrift {
  readonly drift: readonly DriftedField[];
  readonly noise: readonly Noise[];
}

function explainDeletion(
  config: EnvironmentConfig,
  drift: ResourceChange,
  change: ResourceChange | undefined,
): ExplainedDrift {
  const { address } = drift;
  if (!change || actionOf(change) !== "create") {
    return { drift: [], noise: noiseOf(address, [["", "it is gone, and nobody wants it back"]]) };
  }
  const sides = { before: "present", found: "deleted", planned: "created again" };
  const found = { address, attribute: "", value: undefined };
  const gone = { address, what: inWords(drift), path: "", ...sides, keep: adopt(config, found) };
  return { drift: [gone], noise: [] };
}

function explainChanges(
  config: EnvironmentConfig,
  drift: ResourceChange,
  change: ResourceChange | undefined,
): ExplainedDrift {
  const planned = change && actionOf(change) ? differencesOf(change.change) : [];
  const sorted = differencesOf(drift.change).map((difference) => ({
    difference,
    undone: isEncryption(difference)
      ? undefined
      : planned.find(({ path }) => path === difference.path),
  }));
  return {
    drift: sorted.flatMap(({ difference, undone }) =>
      undone ? [driftedField(config, drift, difference, undone)] : [],
    ),
    noise: noiseOf(
      drift.address,
      sorted.flatMap(({ difference, undone }) =>
        undone ? [] : [[difference.path, noiseInDrift(difference, drift.type)] as const],
      ),
    ),
  };
}

function driftedField(
  config: EnvironmentConfig,
  drift: ResourceChange,
  difference: Difference,
  undone: Difference,
): DriftedField {
  const { address } = drift;
  const { before, after: found } = shownSides(difference);
  return {
    address,
    what: inWords(drift),
    path: difference.path,
    before,
    found,
    planned: shownSides(undone).after,
    keep: adopt(config, { address, attribute: difference.path, value: difference.after }),
  };
}
