import { z } from "zod";

const resource = z.looseObject({ addr: z.string() });

/** A warning or an error of Terraform or of a provider. */
const diagnosticSchema = z.looseObject({
  severity: z.string(),
  summary: z.string(),
  detail: z.string().default(""),
  address: z.string().optional(),
});

/** A warning or an error of Terraform or of a provider. */
export type Diagnostic = z.output<typeof diagnosticSchema>;

/**
 * A line of `terraform … -json` (developer.hashicorp.com/terraform/internals/machine-readable-ui): what is known of it
 * here. Attributes of resources are never part of it.
 */
export const messageSchema = z.looseObject({
  type: z.string().optional(),
  "@message": z.string().default(""),
  diagnostic: diagnosticSchema.optional(),
  hook: z
    .looseObject({
      resource: resource.optional(),
      action: z.string().optional(),
      elapsed_seconds: z.number().optional(),
    })
    .optional(),
  change: z.looseObject({ resource, action: z.string() }).optional(),
  outputs: z.record(z.string(), z.looseObject({ action: z.string().optional() })).optional(),
});

/** A line of Terraform's machine-readable output. */
export type Message = z.output<typeof messageSchema>;

/** Reads a line; undefined for one that is not a message, such as a complaint about the CLI's own configuration. */
export function parseMessage(line: string): Message | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return messageSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Messages that are worth a line of progress, and how they read. */
const told: Readonly<Record<string, (action: string, address: string, seconds: number) => string>> =
  {
    apply_start: (action, address) => `${action} ${address}`,
    apply_progress: (action, address, seconds) => `${action} ${address}, ${seconds} s`,
    apply_complete: (_, address) => `done ${address}`,
  };

/** What a message tells a person who watches: resources that are begun and done. Undefined for the many that tell nothing. */
export function progressOf({ type = "", hook }: Message): string | undefined {
  const address = hook?.resource?.addr;
  // Reading is over too soon to be shown.
  if (!hook || address === undefined || hook.action === "read") return undefined;
  return told[type]?.(hook.action ?? "change", address, hook.elapsed_seconds ?? 0);
}
