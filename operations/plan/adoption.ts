import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { driftFields } from "./drift-fields.ts";
import { type Found, type Adoption, lineOf } from "./adoption-line.ts";
import { adoptVariable } from "./adopted-variables.ts";

/** Attributes that have no field on purpose, and what is to be said about them. */
const withoutField: readonly (readonly [attribute: RegExp, reason: string])[] = [
  [
    /^rule\b/,
    "nothing keeps it: the VPC is the databases' only trusted source, so that nothing else reaches them",
  ],
  [/\benv\[[^\]]+\]$/, "no field keeps it: variables are the rows of constructs/app/contract/"],
  [/^policy$/, "no field keeps it: constructs/storage/policies.ts says who may do what"],
  [/^$/, "nothing keeps it gone but taking it out of the project"],
];

/** Finds the line that keeps what the platform has. */
export function adopt(config: EnvironmentConfig, found: Found): Adoption {
  return (
    keepImage(config, found) ??
    adoptVariable(config, found) ??
    keepField(config, found) ?? {
      reason:
        withoutField.find(([attribute]) => attribute.test(found.attribute))?.[1] ??
        "no field keeps it: the project decides it",
    }
  );
}

/** Images stand in the release file; the migration job has the API's. */
function keepImage({ name }: EnvironmentConfig, { attribute, value }: Found): Adoption | undefined {
  const component = /^spec\.\w+\[([^\]]+)\]\.image\.digest$/.exec(attribute)?.[1];
  if (component === undefined || typeof value !== "string") return undefined;
  const image = component === "migrate" ? "api" : component;
  return { file: `environments/${name}.release.json`, line: `"${image}": "${value}"` };
}

function keepField(config: EnvironmentConfig, found: Found): Adoption | undefined {
  for (const { address, attribute, field, convert } of driftFields) {
    const names = matchOf(attribute, found.attribute);
    if (!names || !matchOf(address, found.address)) continue;
    const value = convert ? convert(found.value, config) : found.value;
    return lineOf(config, field.replace("*", names.at(-1) ?? ""), value);
  }
  return undefined;
}

/** What the stars of a pattern stand for; undefined where it does not match. */
function matchOf(pattern: string, text: string): string[] | undefined {
  const escaped = pattern.replaceAll(/[.[\]]/g, "\\$&").replaceAll("*", "([\\w-]+)");
  return new RegExp(`^${escaped}$`).exec(text)?.slice(1);
}
