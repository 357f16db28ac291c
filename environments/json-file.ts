import { existsSync, readFileSync } from "node:fs";

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
  if (!json) return { findings: [{ file: path, path: "", value: "not JSON", expected, fix }] };
  const result = checkShape(schema, path, json.value, fix);
  if (result.value !== undefined || !confidential) return result;
  return { findings: result.findings.map((finding) => ({ ...finding, value: "not shown" })) };
}

/** Parses JSON without the parser's own message, which quotes the text. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
