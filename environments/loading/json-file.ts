import { type ValueNode, parse as locate } from "@humanwhocodes/momoa";
import type { z } from "zod";

import { type Checked, checkShape } from "./check.ts";
import type { FileFinding } from "../rules/findings.ts";
import { readText } from "./text-file.ts";

/** A JSON file that stands beside an environment. */
export interface JsonFile<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** What the file holds, for the findings. */
  readonly expected: string;
  /** How to get a correct file. */
  readonly fix: string;
  /** Whether a wrong value may be a secret, which a finding must not repeat. */
  readonly confidential: boolean;
}

/** Reads and checks a JSON file; `undefined` when there is none. */
export function readJsonFile<Schema extends z.ZodType>(
  path: string,
  { schema, expected, fix, confidential }: JsonFile<Schema>,
): Checked<z.output<Schema>> | undefined {
  const read = readText(path, expected, fix);
  if (!read || "findings" in read) return read;
  const { text } = read;
  const json = parseJson(text);
  if ("at" in json) {
    const { line, column } = json.at;
    const file = `${path}:${line}:${column}`;
    return { findings: [{ file, path: "", value: "not JSON from there on", expected, fix }] };
  }
  const twice = duplicatesIn(text);
  if (twice.length > 0) return { findings: twice.map((one) => duplicateFinding(path, one)) };
  const result = checkShape(schema, path, json.value, fix);
  if (result.value !== undefined || !confidential) return result;
  return { findings: result.findings.map((finding) => ({ ...finding, value: "not shown" })) };
}

interface Duplicate extends Position {
  /** Dotted path of the field. */
  readonly field: string;
}

/** Of two fields of one name a parser takes the last and says nothing: half of a merge is lost that way. */
function duplicateFinding(path: string, { line, column, field }: Duplicate): FileFinding {
  return {
    file: `${path}:${line}:${column}`,
    path: field,
    value: "there a second time",
    expected: "each field once",
    fix: "remove the one that is wrong; of two only the last would count",
  };
}

/** Fields that are there more than once in an object, where the second one stands. */
function duplicatesIn(text: string): Duplicate[] {
  return duplicatesOf(locate(text, { mode: "json" }).body, "");
}

function duplicatesOf(node: ValueNode, path: string): Duplicate[] {
  if (node.type === "Array") {
    return node.elements.flatMap(({ value }, index) => duplicatesOf(value, `${path}${index}.`));
  }
  if (node.type !== "Object") return [];
  const seen = new Set<string>();
  return node.members.flatMap(({ name, value, loc }) => {
    const key = "value" in name ? name.value : name.name;
    const field = `${path}${key}`;
    const { line, column } = loc.start;
    const again = seen.has(key) ? [{ field, line, column }] : [];
    seen.add(key);
    return [...again, ...duplicatesOf(value, `${field}.`)];
  });
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Parses JSON, or says where it is invalid: without a parser's own message, which quotes the text. */
function parseJson(text: string): { readonly value: unknown } | { readonly at: Position } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { at: positionIn(text) };
  }
}

/** Where a text stops to be JSON. Node's own parser says it of some mistakes only. */
function positionIn(text: string): Position {
  try {
    locate(text, { mode: "json" });
  } catch (error) {
    if (isPosition(error)) return { line: error.line, column: error.column };
  }
  return { line: 1, column: 1 };
}

function isPosition(error: unknown): error is Position {
  return error instanceof Error && "line" in error && "column" in error;
}
