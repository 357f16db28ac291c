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

/** Something that a person changed outside of the project, and that stays: the environment says nothing of it. */
export type LeftField = Pick<DriftedField, "address" | "what" | "path" | "before" | "found">;

/**
 * Sorts what differs from the state: what a person changed and the deployment would undo, what somebody
 * changed and stays, and what means nothing.
 * Every such difference is named, because the whole app spec is sent on every deployment: without this list a value set
 * in the control panel would vanish in silence.
 *
 * @param isRefused whether Terraform refuses to plan the stack: what becomes of a change is not known then.
 */
export function explainDrift(
  config: EnvironmentConfig,
  { resource_drift: drifted, resource_changes: changes }: PlanJson,
  isRefused = false,
): ExplainedDrift {
  const explained = drifted
    .filter(({ mode }) => mode === "managed")
    .map((drift) => {
      const planned = changes.find(({ address }) => address === drift.address);
      const change = isRefused ? undoing(drift) : planned;
      return drift.change.actions.includes("delete")
        ? explainDeletion(config, drift, change)
        : explainChanges(config, drift, change, isRefused);
    });
  return {
    drift: explained.flatMap((one) => one.drift),
    left: explained.flatMap((one) => one.left),
    noise: explained.flatMap((one) => one.noise),
  };
}

interface ExplainedDrift {
  readonly drift: readonly DriftedField[];
  readonly left: readonly LeftField[];
  readonly noise: readonly Noise[];
}

function explainDeletion(
  config: EnvironmentConfig,
  drift: ResourceChange,
  change: ResourceChange | undefined,
): ExplainedDrift {
  const { address } = drift;
  if (!change || actionOf(change) !== "create") {
    const why = "it is gone, and nobody wants it back";
    return { drift: [], left: [], noise: noiseOf(address, [["", why]]) };
  }
  const sides = { before: "present", found: "deleted", planned: "created again" };
  const found = { address, attribute: "", value: undefined };
  const gone = { address, what: inWords(drift), path: "", ...sides, keep: adopt(config, found) };
  return { drift: [gone], left: [], noise: [] };
}

/** The change that undoes a drift, whether it is planned or not. */
function undoing({ change, ...resource }: ResourceChange): ResourceChange {
  const { before, after, before_sensitive, after_sensitive } = change;
  const actions = change.actions.includes("delete") ? ["create"] : ["update"];
  return {
    ...resource,
    change: {
      ...{ actions, before: after, after: before },
      ...{ before_sensitive: after_sensitive, after_sensitive: before_sensitive },
    },
  };
}

function explainChanges(
  config: EnvironmentConfig,
  drift: ResourceChange,
  change: ResourceChange | undefined,
  isRefused: boolean,
): ExplainedDrift {
  const planned = change && actionOf(change) ? differencesOf(change.change) : [];
  const sorted = differencesOf(drift.change).map((difference) => {
    const why = noiseInDrift(difference, drift.type);
    // Without a plan nobody says what of it means something.
    const isNothing = isEncryption(difference) || (isRefused && why !== undefined);
    const undone = isNothing ? undefined : planned.find(({ path }) => path === difference.path);
    return { difference, undone, why };
  });
  return {
    drift: sorted.flatMap(({ difference, undone }) =>
      undone ? [driftedField(config, drift, difference, undone)] : [],
    ),
    left: sorted.flatMap(({ difference, undone, why }) =>
      undone || why !== undefined ? [] : [leftField(drift, difference)],
    ),
    noise: noiseOf(
      drift.address,
      sorted.flatMap(({ difference: { path }, undone, why }) =>
        undone || why === undefined ? [] : [[path, why] as const],
      ),
    ),
  };
}

function leftField(drift: ResourceChange, difference: Difference): LeftField {
  const { before, after: found } = shownSides(difference);
  const { address } = drift;
  return { address, what: inWords(drift), path: difference.path, before, found };
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
