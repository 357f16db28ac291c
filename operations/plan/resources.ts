import type { ResourceChange } from "../terraform/plan-json.ts";
import { type Action, actionOf } from "./action.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { meaningsOf, replaces } from "./meanings.ts";
import { type Noise, noiseInChange, noiseOf } from "./noise.ts";
import { shownSides } from "./shown.ts";
import { inWords } from "./words.ts";

/** An attribute that changes, fit to be read by anybody. */
export interface ExplainedAttribute {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Whether the resource is replaced because of it. */
  readonly replaces: boolean;
}

/** A resource that a deployment would touch. */
export interface ExplainedResource {
  readonly address: string;
  /** What it is, in a person's words. */
  readonly what: string;
  readonly action: Action;
  /** Why Terraform does more than change it. */
  readonly reason?: string;
  /** What it means to users and their data, a sentence each. */
  readonly means: readonly string[];
  /** What changes; empty for what comes or goes as a whole. */
  readonly attributes: readonly ExplainedAttribute[];
}

/** Terraform's reasons in words; developer.hashicorp.com/terraform/internals/json-format lists them. */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: "its creation ended with an error",
  replace_because_cannot_update: "the platform cannot change it in place",
  replace_by_request: "somebody asked for it",
  replace_by_triggers: "something that it follows is replaced",
  delete_because_no_resource_config: "the configuration does not describe it any more",
};

/**
 * Explains what becomes of a resource, and what of it is noise. A resource of which only noise changes is noise itself;
 * an app never is, because whatever changes in it may deploy it.
 */
export function explainResource(change: ResourceChange): {
  readonly resource?: ExplainedResource;
  readonly noise: readonly Noise[];
} {
  const { address, type } = change;
  const action = actionOf(change);
  if (!action) return { noise: [] };
  const resource = {
    address,
    what: inWords(change),
    action,
    ...reasonOf(change),
  };
  if (action !== "change" && action !== "replace") {
    return { resource: { ...resource, means: meaningsOf(change), attributes: [] }, noise: [] };
  }
  const { meant, noise } = sorted(change);
  if (action === "change" && meant.length === 0 && type !== "digitalocean_app") {
    const marks = noise.length > 0 ? noise : [onlyMarks(address)];
    if (!change.change.importing) return { noise: marks };
    return { resource: { ...resource, action: "import", means: [], attributes: [] }, noise: marks };
  }
  const attributes = meant.map((difference) => ({
    path: difference.path,
    ...shownSides(difference),
    replaces: replaces(change, difference),
  }));
  const means = meaningsOf(change, meant);
  return { resource: { ...resource, means, attributes }, noise };
}

/** What changes in a resource, without what means nothing. */
export function meantDifferences(change: ResourceChange): readonly Difference[] {
  return sorted(change).meant;
}

/** Why more is done than a change, or that it was made by hand. */
function reasonOf({ action_reason: reason = "", change: { importing } }: ResourceChange) {
  if (reasons[reason] !== undefined) return { reason: reasons[reason] };
  return importing ? { reason: `taken over as it stands (${importing.id ?? ""})` } : {};
}

function sorted(change: ResourceChange): {
  readonly meant: readonly Difference[];
  readonly noise: readonly Noise[];
} {
  const judged = differencesOf(change.change).map((difference) => ({
    difference,
    why: replaces(change, difference)
      ? undefined
      : noiseInChange(difference, change.type, !!change.change.importing),
  }));
  return {
    meant: judged.filter(({ why }) => why === undefined).map(({ difference }) => difference),
    noise: noiseOf(
      change.address,
      judged.flatMap(({ difference, why }) =>
        why === undefined ? [] : [[difference.path, why] as const],
      ),
    ),
  };
}

function onlyMarks(subject: string): Noise {
  return { subject, paths: [""], why: "Terraform only changes what it calls sensitive" };
}
