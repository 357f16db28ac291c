import { createRequire } from "node:module";

import type { ValidateFunction } from "ajv/dist/2020.js";

import { dashboardError } from "../errors.ts";
import { dashboardSchema } from "./dashboard-schema.ts";

const load = createRequire(import.meta.url);

/** What a document says that the service reads. */
export interface ReadDocument {
  readonly name: string;
  readonly description: string | undefined;
  /** How many charts it has. */
  readonly charts: number;
}

let validator: ValidateFunction<Valid> | undefined;

interface Valid {
  readonly spec: {
    readonly display: { readonly name: string; readonly description?: string };
    readonly panels: Readonly<Record<string, unknown>>;
  };
}

/** Loaded and compiled when the first dashboard comes. */
function validate(): ValidateFunction<Valid> {
  const { Ajv2020 } = load("ajv/dist/2020") as typeof import("ajv/dist/2020.js");
  validator ??= new Ajv2020({ allErrors: true, strict: false }).compile<Valid>(dashboardSchema);
  return validator;
}

function parsed(spec: string): unknown {
  try {
    return JSON.parse(spec);
  } catch {
    throw dashboardError("invalid", "spec is not valid JSON");
  }
}

/**
 * Reads the text of a document.
 *
 * @throws an error of dashboards, 400, that names what the schema does not allow.
 */
export function readDocument(spec: string): ReadDocument {
  const document = parsed(spec);
  const check = validate();
  if (!check(document)) {
    const [first] = check.errors ?? [];
    const place = first?.instancePath === "" ? "the document" : (first?.instancePath ?? "");
    const key = first?.params.additionalProperty as string | undefined;
    const what = [first?.message, key && `"${key}"`].filter(Boolean).join(": ");
    throw dashboardError("invalid", `spec does not satisfy the schema: ${place} ${what}`);
  }
  const { display, panels } = document.spec;
  return {
    name: display.name,
    description: display.description,
    charts: Object.keys(panels).length,
  };
}
