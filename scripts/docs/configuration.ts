import { z } from "zod";

import { shapeOf, unwrap } from "../../environments/schema/partial.ts";
import { regions } from "../../environments/platform/regions.ts";
import { environmentSchema } from "../../environments/schema/environment.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
An environment is a file in \`environments/\`: an object literal with the fields below, and nothing else. A field with a
default may be left out. Everything is checked before anything is written: \`npm run synth\` prints every finding at
once, each with the value, what was expected, and the line that mends it.

Beside it stand \`<environment>.release.json\` with the digest of each image, \`<environment>.sealed.json\` with the
encrypted secrets, and \`<environment>.rotation.json\` with the active slots of those that were rotated ([secrets.md](secrets.md)).
`;

/** The reference of every field, from the schema that checks it. */
export function configurationPage(): string {
  const sections = Object.entries(shapeOf(environmentSchema) ?? {});
  const scalars = sections.filter(([, schema]) => !hasFields(schema));
  const groups = sections.filter(([, schema]) => hasFields(schema));
  return [
    generatedPage("Configuration", introduction),
    fieldTable(scalars.flatMap(([name, schema]) => fields(schema, name))),
    ...groups.map(([name, schema]) => section(name, schema)),
    regionSection(),
  ].join("\n\n");
}

interface Field {
  readonly path: string;
  readonly schema: z.core.$ZodType;
}

function section(name: string, schema: z.core.$ZodType): string {
  const members = fields(schema, name).filter(({ path }) => path !== name);
  return `## ${name}\n\n${documentationOf(schema).meaning}\n\n${fieldTable(members)}`;
}

function fieldTable(all: readonly Field[]): string {
  const rows = all
    .filter(({ schema }) => !hasFields(schema))
    .map(({ path, schema }) => {
      const { meaning, unit } = documentationOf(schema);
      return [code(path), typeOf(schema), unit, defaultOf(schema), meaning];
    });
  return table(["Field", "Type", "Unit", "Default", "Meaning"], rows);
}

/** A field and everything inside it. Fields of alternatives are listed with the alternative's kind. */
function fields(schema: z.core.$ZodType, path: string): Field[] {
  const inner = unwrap(schema);
  const options = inner instanceof z.core.$ZodUnion ? inner._zod.def.options : [inner];
  const nested = options.flatMap((option) =>
    Object.entries(shapeOf(option) ?? {}).flatMap(([name, child]) =>
      fields(child, `${path}.${name}`),
    ),
  );
  return [{ path, schema }, ...nested];
}

function hasFields(schema: z.core.$ZodType): boolean {
  return shapeOf(schema) !== undefined || unwrap(schema) instanceof z.core.$ZodUnion;
}

function documentationOf(schema: z.core.$ZodType) {
  const { description = "", unit } = z.globalRegistry.get(schema) ?? {};
  return { meaning: description, unit: String(unit) };
}

function typeOf(schema: z.core.$ZodType): string {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum)
    return inner.options.map((option) => code(String(option))).join(" ");
  if (inner instanceof z.ZodLiteral) return code(String(inner.value));
  if (inner instanceof z.ZodNumber) {
    const [least, most] = [inner.minValue ?? -Infinity, inner.maxValue ?? Infinity];
    return Math.abs(least) <= 1e9 && most <= 1e9 ? `${least} to ${most}` : "whole number";
  }
  if (inner instanceof z.ZodArray) return `list of ${typeOf(inner.element)}`;
  return inner._zod.def.type;
}

/** What a field that is left out has. Wrappers stand in any order: a list with a default is also read-only. */
function defaultOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodDefault) return code(JSON.stringify(schema.def.defaultValue));
  if (schema instanceof z.ZodReadonly) return defaultOf(schema.def.innerType);
  return schema instanceof z.ZodOptional ? "none" : "**required**";
}

function regionSection(): string {
  const rows = Object.entries(regions).map(([region, row]) => [
    code(region),
    row.place,
    code(row.datacentre),
    code(row.spaces),
    code(row.wasabi),
    row.insights.map(code).join(" "),
  ]);
  const header = ["`network.region`", "Place", "VPC and databases", "Spaces", "Wasabi", "Insights"];
  return `## Regions\n\nOne choice decides all of it.\n\n${table(header, rows)}\n`;
}
