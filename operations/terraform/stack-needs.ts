import { z } from "zod";

/** What of a stack's Terraform JSON says which secrets its Terraform needs. */
export const needsSchema = z.looseObject({
  terraform: z.looseObject({ backend: z.record(z.string(), z.unknown()).default({}) }),
  provider: z.record(z.string(), z.unknown()).default({}),
  variable: z.record(z.string(), z.looseObject({ ephemeral: z.boolean().optional() })).default({}),
});

/** What a stack has to be given to be planned and applied. */
export interface StackNeeds {
  /** Names of its variables. */
  readonly variables: readonly string[];
  /** Names of its providers. */
  readonly providers: readonly string[];
  /** Kind of its state backend. */
  readonly backend: string | undefined;
}

/** What a stack needs, from its Terraform JSON. */
export function needsOf({
  terraform,
  provider,
  variable,
}: z.output<typeof needsSchema>): StackNeeds {
  return {
    variables: Object.keys(variable),
    providers: Object.keys(provider),
    backend: Object.keys(terraform.backend)[0],
  };
}
