import type { EnvironmentInput } from "../../environments/schema/environment.ts";
import { identifierOf } from "../init/files.ts";

/** Widest line that prettier leaves as it is. */
const widest = 100;

/** The file of an environment, as prettier writes it. */
export function environmentText(input: EnvironmentInput, meaning: string): string {
  const sections = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${member(key, value, 2)},\n`);
  return [
    'import type { EnvironmentInput } from "./schema/environment.ts";\n\n',
    `/** ${meaning} */\n`,
    `export const ${identifierOf(input.name)}: EnvironmentInput = {\n`,
    ...sections,
    "};\n",
  ].join("");
}

const member = (key: string, value: unknown, indent: number): string =>
  `${key}: ${literal(value, indent, key.length + 3)}`;

/**
 * A value as TypeScript writes it: on one line where it fits.
 *
 * @param taken characters of the line beside it and its indent: a name, a colon, a comma.
 */
function literal(value: unknown, indent: number, taken: number): string {
  const line = onOneLine(value);
  if (indent + taken + line.length <= widest) return line;
  const inner = indent + 2;
  const pad = " ".repeat(inner);
  if (Array.isArray(value)) {
    const items = value.map((one) => `${pad}${literal(one, inner, 1)},\n`);
    return `[\n${items.join("")}${" ".repeat(indent)}]`;
  }
  if (typeof value !== "object" || value === null) return line;
  const members = entriesOf(value).map(([key, one]) => `${pad}${member(key, one, inner)},\n`);
  return `{\n${members.join("")}${" ".repeat(indent)}}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = entriesOf(value).map(([key, one]) => `${key}: ${onOneLine(one)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, one]) => one !== undefined);
