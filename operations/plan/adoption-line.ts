import { z } from "zod";

import { shapeOf, unwrap } from "../../environments/schema/partial.ts";
import {
  type EnvironmentConfig,
  environmentSchema,
} from "../../environments/schema/environment.ts";

/** How a person keeps what was changed in a control panel: a line of a file, or why there is none. */
export type Adoption =
  { readonly file: string; readonly line: string } | { readonly reason: string };

/** Something that was changed in a control panel. */
export interface Found {
  /** Address of the resource in Terraform. */
  readonly address: string;
  readonly attribute: string;
  /** What the platform has now. */
  readonly value: unknown;
}

/** The line that gives a field a value, or the reason why the field cannot have it. */
export function lineOf({ name }: EnvironmentConfig, path: string, value: unknown): Adoption {
  const schema = schemaAt(path);
  if (!schema || !z.safeParse(schema, value).success) {
    return { reason: `${path} cannot be what was set: docs/configuration.md says what it may be` };
  }
  const line = path
    .split(".")
    .reduceRight((inner, step) => `{ ${step}: ${inner} }`, JSON.stringify(value));
  return { file: `environments/${name}.ts`, line: line.slice(2, -2) };
}

/** Schema of a field of the configuration, without its default; undefined where there is no such field. */
export function schemaAt(path: string): z.core.$ZodType | undefined {
  return path.split(".").reduce<z.core.$ZodType | undefined>((schema, step) => {
    const field = schema && shapeOf(schema)?.[step];
    return field && unwrap(field);
  }, environmentSchema);
}

/** How to keep what was changed, in a sentence. */
export function adoptionSentence(keep: Adoption): string {
  return "reason" in keep ? keep.reason : `${keep.file}: ${keep.line}`;
}
