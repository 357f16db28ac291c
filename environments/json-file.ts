import { existsSync, readFileSync } from "node:fs";

import { parse as locate } from "@humanwhocodes/momoa";
import type { z } from "zod";

import { type Checked, checkShape } from "./check.ts";

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
  if (!existsSync(path)) return undefined;
  const json = parseJson(readFileSync(path, "utf8"));
  if ("at" in json) {
    const { line, column } = json.at;
    const file = `${path}:${line}:${column}`;
    return { findings: [{ file, path: "", value: "not JSON from there on", expected, fix }] };
  }
  const result = checkShape(schema, path, json.value, fix);
  if (result.value !== undefined || !confidential) return result;
  return { findings: result.findings.map((finding) => ({ ...finding, value: "not shown" })) };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Parses JSON, or says where it is none: without a parser's own message, which quotes the text. */
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
