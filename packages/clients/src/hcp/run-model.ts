import { z } from "zod";

/** A run of Terraform by HCP Terraform, as it stands. */
export interface HcpRunState {
  readonly id: string;
  /** As the service calls it: `planning`, `planned_and_saved`, `applied`. */
  readonly status: string;
  /** Whether its plan changes anything; false before there is one. */
  readonly hasChanges: boolean;
  readonly planId: string;
  readonly applyId: string;
  readonly isCancelable: boolean;
  readonly isDiscardable: boolean;
  /** Whether it ends with its plan, whatever that says. */
  readonly isPlanOnly: boolean;
}

/** A variable of a workspace. The value of a sensitive one is told to nobody. */
export interface HcpVariable {
  readonly id: string;
  readonly key: string;
  readonly category: string;
  readonly description: string;
  readonly sensitive: boolean;
}

const related = z.looseObject({ data: z.looseObject({ id: z.string() }) });
const flag = z.boolean().default(false);

const run = z
  .looseObject({
    id: z.string(),
    attributes: z.looseObject({
      status: z.string(),
      "has-changes": flag,
      "plan-only": flag,
      actions: z.looseObject({
        "is-cancelable": flag,
        "is-discardable": flag,
      }),
    }),
    relationships: z.looseObject({ plan: related, apply: related }),
  })
  .transform(({ id, attributes, relationships: { plan, apply } }): HcpRunState => ({
    id,
    status: attributes.status,
    hasChanges: attributes["has-changes"],
    planId: plan.data.id,
    applyId: apply.data.id,
    isCancelable: attributes.actions["is-cancelable"],
    isDiscardable: attributes.actions["is-discardable"],
    isPlanOnly: attributes["plan-only"],
  }));

/** The answer of a call that is about one run. */
export const runAnswer = z.looseObject({ data: run });
/** The answer of a list of runs. */
export const runsAnswer = z.looseObject({ data: z.array(run) });

/** The answer of a call that is about a configuration. */
export const configurationAnswer = z.looseObject({
  data: z.looseObject({
    id: z.string(),
    attributes: z.looseObject({ status: z.string(), "upload-url": z.string().nullish() }),
  }),
});

/** The answer of a call that is about a plan or an apply. */
export const phaseAnswer = z.looseObject({
  data: z.looseObject({ attributes: z.looseObject({ "log-read-url": z.string() }) }),
});

const variable = z
  .looseObject({
    id: z.string(),
    attributes: z.looseObject({
      key: z.string(),
      category: z.string(),
      description: z.string().nullish(),
      sensitive: flag,
    }),
  })
  .transform(({ id, attributes: { key, category, description, sensitive } }): HcpVariable => ({
    id,
    key,
    category,
    description: description ?? "",
    sensitive,
  }));

/** A workspace after whose applied runs those of another begin. */
export interface RunSource {
  /** Of the trigger. */
  readonly id: string;
  /** Name of the workspace. */
  readonly workspace: string;
}

const runSource = z
  .looseObject({ id: z.string(), attributes: z.looseObject({ "sourceable-name": z.string() }) })
  .transform(({ id, attributes }): RunSource => ({ id, workspace: attributes["sourceable-name"] }));

/** The answer of a list of run triggers. */
export const runSourcesAnswer = z.looseObject({ data: z.array(runSource) });

/** The answer of a call that is about one variable. */
export const variableAnswer = z.looseObject({ data: variable });
/** The answer of a list of variables. */
export const variablesAnswer = z.looseObject({ data: z.array(variable) });
