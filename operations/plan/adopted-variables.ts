import { z } from "zod";

import { environmentContract } from "../../constructs/app/contract.ts";
import type { ContractVariable } from "../../constructs/app/contract/variable.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Found, type Adoption, lineOf, schemaAt } from "./adoption-line.ts";

/**
 * How a variable that was set in the control panel is kept; undefined for what is no variable of the contract.
 *
 * Its value is repeated only where its field is a number or a choice: what a person typed there may be anything, a secret
 * too.
 */
export function adoptVariable(
  config: EnvironmentConfig,
  { attribute, value }: Found,
): Adoption | undefined {
  const [, holder = "", name = ""] =
    /^spec\.\w+\[([^\]]+)\]\.env\[([^\]]+)\]\.value$/.exec(attribute) ?? [];
  const variable = environmentContract.find(
    (one) => one.name === name && one.components.some((known) => known === holder),
  );
  return variable && keepValue(config, variable, holder, value);
}

function keepValue(
  config: EnvironmentConfig,
  { name, source }: ContractVariable,
  holder: string,
  value: unknown,
): Adoption {
  if (source.kind === "secret") {
    return {
      reason: `only its plaintext keeps it: export TF_VAR_${name.toLowerCase()}=…, then mam deploy ${config.name}`,
    };
  }
  if (source.kind === "storage-key")
    return { reason: "nothing keeps it: the storage stack makes the key" };
  const path = source.field?.path.replace("{component}", holder);
  const schema = path === undefined ? undefined : schemaAt(path);
  if (path === undefined || !source.field) {
    return { reason: `no field keeps it: it is made from ${source.from}` };
  }
  if (schema instanceof z.ZodNumber)
    return lineOf(config, path, Number(value) / source.field.factor);
  if (schema instanceof z.ZodEnum) return lineOf(config, path, value);
  return {
    reason: `set ${path} in environments/${config.name}.ts to what the control panel shows`,
  };
}
