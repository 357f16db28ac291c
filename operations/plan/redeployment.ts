import { z } from "zod";

import type { Environment } from "../../environments/loading/load.ts";
import type { PlanJson, ResourceChange } from "../terraform/plan-json.ts";
import { actionOf } from "./action.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { noiseInChange } from "./noise.ts";
import { reasonsOf } from "./redeployment-reasons.ts";

/** A component of the app, and why it is deployed again. */
export interface RedeployedComponent {
  readonly name: string;
  /** A few words each; empty for one that stays as it is. */
  readonly because: readonly string[];
}

/** The deployment that follows from a change of the app's spec. */
export interface Redeployment {
  /** Whether the app is made, or made anew. */
  readonly isFirst: boolean;
  /** Services and workers, in the spec's order. */
  readonly components: readonly RedeployedComponent[];
  /** What changes for the app as a whole, such as its hosts. */
  readonly app: readonly string[];
  /** Jobs that run before anything is replaced; when one fails, the old version serves on. */
  readonly jobs: readonly { readonly name: string; readonly command: string }[];
}

const component = z.looseObject({ name: z.string() });
const job = component.extend({ kind: z.string().default(""), run_command: z.string().default("") });

/** The spec, as far as it says what is deployed. */
const specSchema = z.looseObject({
  service: z.array(component).default([]),
  worker: z.array(component).default([]),
  job: z.array(job).default([]),
});

const appSchema = z.looseObject({ spec: z.tuple([specSchema]) });

/**
 * The deployment that a plan leads to; undefined when it leads to none.
 *
 * App Platform makes a deployment of every change of the spec, and every deployment runs the PRE_DEPLOY jobs first, even
 * when only the value of an alert changed.
 */
export function explainRedeployment(
  environment: Environment,
  { resource_changes: changes }: PlanJson,
): Redeployment | undefined {
  const app = changes.find(({ type, mode }) => type === "digitalocean_app" && mode === "managed");
  const action = app && actionOf(app);
  if (!app || !action || action === "destroy" || action === "forget" || action === "import")
    return undefined;
  const differences = action === "change" ? specDifferences(app) : [];
  if (action === "change" && differences.length === 0) return undefined;
  const [spec] = appSchema.parse(app.change.after).spec;
  const names = [...spec.service, ...spec.worker].map(({ name }) => name);
  const jobs = spec.job.filter(({ kind }) => kind === "PRE_DEPLOY");
  const of = (name: string) => differences.filter(({ path }) => componentOf(path) === name);
  const owners = [...names, ...spec.job.map(({ name }) => name)];
  return {
    isFirst: action !== "change",
    components: [...names, ...jobs.map(({ name }) => name)].map((name) => ({
      name,
      because: reasonsOf(environment, name, of(name)),
    })),
    app: reasonsOf(
      environment,
      "",
      differences.filter(({ path }) => !owners.includes(componentOf(path) ?? "")),
    ),
    jobs: jobs.map(({ name, run_command: command }) => ({ name, command })),
  };
}

function specDifferences(app: ResourceChange): Difference[] {
  return differencesOf(app.change).filter(
    (difference) =>
      difference.path.startsWith("spec") && noiseInChange(difference, app.type) === undefined,
  );
}

function componentOf(path: string): string | undefined {
  return /^spec\.(?:service|worker|job)\[([^\]]+)\]/.exec(path)?.[1];
}
