import { z } from "zod";

import { type FileFinding, describeValue } from "../rules/findings.ts";
import { schemaFindings } from "./issues.ts";
import { parsePartially } from "../schema/partial.ts";
import { brokenRules } from "../rules/rule.ts";
import { rules } from "../rules/rules.ts";
import { type Compared, comparedSchema } from "../schema/compared.ts";
import { type EnvironmentConfig, environmentSchema } from "../schema/environment.ts";

/** What a check came to: a value, or the reasons why there is none. */
export type Checked<T> =
  | { readonly value: T; readonly findings: readonly [] }
  | { readonly value?: undefined; readonly findings: readonly FileFinding[] };

/**
 * Checks what an environment file says against the schema and every rule.
 *
 * @param name key of the environment, which its own `name` has to repeat.
 * @param file path of the file, for the findings.
 */
export function checkEnvironment(
  name: string,
  file: string,
  input: unknown,
): Checked<EnvironmentConfig> {
  if (input === undefined) return { findings: [withoutExport(file)] };
  const result = checkShape(
    environmentSchema,
    file,
    input,
    "docs/configuration.md lists every field",
  );
  const readable = result.value ?? partialEnvironment(input);
  const findings = [
    ...result.findings,
    ...(readable ? brokenRules(rules, readable, file, input) : []),
    ...misnamed(name, file, result.value),
  ];
  return result.value && findings.length === 0
    ? { value: result.value, findings: [] }
    : { findings };
}

/**
 * Reads of an environment what is compared with another one. What else its file says, right or wrong, is for whoever works on it.
 *
 * @param name key of the environment, whatever its own `name` says.
 */
export function checkCompared(name: string, input: unknown): { readonly value?: Compared } {
  const { data } = comparedSchema.safeParse(input);
  return data ? { value: { ...data, name } } : {};
}

/** Checks plain data against a schema. */
export function checkShape<T extends z.ZodType>(
  schema: T,
  file: string,
  input: unknown,
  reference: string,
): Checked<z.output<T>> {
  const result = schema.safeParse(input);
  return result.success
    ? { value: result.data, findings: [] }
    : { findings: schemaFindings(result.error.issues, { schema, file, input, reference }) };
}

function partialEnvironment(input: unknown): EnvironmentConfig | undefined {
  // Invalid fields throw when a rule reads them, so the rules may take the rest for what the schema promises.
  return typeof input === "object" && input !== null
    ? (parsePartially(environmentSchema, input) as EnvironmentConfig)
    : undefined;
}

function withoutExport(file: string): FileFinding {
  return {
    file,
    path: "",
    value: "without the export that environments/index.ts imports",
    expected: "export const <name>: EnvironmentInput = { … }",
    fix: `write it, or restore the file: git checkout -- ${file}`,
  };
}

function misnamed(name: string, file: string, environment?: EnvironmentConfig): FileFinding[] {
  if (environment === undefined || environment.name === name) return [];
  return [
    {
      file,
      path: "name",
      value: describeValue(environment.name),
      expected: `"${name}", the name it is registered under in environments/index.ts`,
      fix: `set name: "${name}"`,
    },
  ];
}
