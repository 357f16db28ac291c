import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { shapeOf } from "./operations.ts";

/** What JSON Schema says of a value, as far as the description uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly readOnly?: boolean;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** One call as it is described. */
export interface Operation {
  /** Query parameters, as fields of an object. */
  readonly query?: Schema;
  readonly body?: Schema;
  /** Bodies of answers by status; an empty schema where there is none. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** What was derived from the platform's published description. */
export interface Description {
  readonly source: {
    readonly repository: string;
    readonly commit: string;
    readonly committed: string;
    readonly licence: string;
  };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Operations that this project neither calls nor plays. */
  readonly others: readonly string[];
}

const file = fileURLToPath(new URL("description.json", import.meta.url));

/** The description, read once: `scripts/read-api-description.ts` writes it. */
export const description = JSON.parse(readFileSync(file, "utf8")) as Description;

/** The described name of an operation, whatever its parameters are called here; undefined where there is none. */
export function describedName(method: string, path: string): string | undefined {
  return names.get(shapeOf(method, path));
}

const names = new Map(
  Object.keys(description.operations).map((name) => {
    const [method = "", path = ""] = name.split(" ");
    return [shapeOf(method, path), name];
  }),
);
