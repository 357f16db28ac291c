import type { PathStep } from "../values/path.ts";

/** What a provider tells the person who runs Terraform. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  /** One line, without a full stop. */
  readonly summary: string;
  readonly detail?: string;
  /** The attribute meant: Terraform adds file, line and the source line to it. */
  readonly path?: readonly PathStep[];
}

/** A step of an attribute path as the protocol writes it. */
export type StepMessage =
  | { readonly attribute_name: string }
  | { readonly element_key_int: number }
  | { readonly element_key_string: string };

/** An attribute path as the protocol writes it. */
export interface AttributePathMessage {
  readonly steps: readonly StepMessage[];
}

/** A diagnostic as the protocol writes it. */
export interface DiagnosticMessage {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePathMessage;
}

function stepMessage(step: PathStep): StepMessage {
  if (typeof step === "number") return { element_key_int: step };
  return typeof step === "string" ? { attribute_name: step } : { element_key_string: step.key };
}

/** Writes an attribute path for the protocol. */
export function pathMessage(path: readonly PathStep[]): AttributePathMessage {
  return { steps: path.map(stepMessage) };
}

/** Writes a diagnostic for the protocol. */
export function diagnosticMessage(diagnostic: Diagnostic): DiagnosticMessage {
  return {
    severity: diagnostic.severity,
    summary: diagnostic.summary,
    detail: diagnostic.detail ?? "",
    ...(diagnostic.path === undefined ? {} : { attribute: pathMessage(diagnostic.path) }),
  };
}

/** An error about an attribute, or about the whole resource when there is no path. */
export function errorAt(summary: string, detail?: string, path?: readonly PathStep[]): Diagnostic {
  return {
    severity: "ERROR",
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(path === undefined ? {} : { path }),
  };
}
