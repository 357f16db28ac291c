import { z } from "zod";

/** Environment variables that cannot be used, all of them at once. No value stands in the message: it may be a secret. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** A whole number written in decimal, as the contract writes every number. */
export const wholeNumber = z
  .string()
  .regex(/^\d+$/, "expected a whole number")
  .transform(Number)
  .pipe(z.number().max(Number.MAX_SAFE_INTEGER));

/** A number of zero or more, written in decimal, with a fraction or without. */
export const amount = z
  .string()
  .regex(/^\d+(?:\.\d+)?$/, "expected a number")
  .transform(Number);

/** A TCP port. 0 asks the operating system for a free one. */
export const port = wholeNumber.pipe(z.number().max(65535, "expected a port"));

/** Text that has to be there. */
export const text = z.string().min(1, "expected a value");

/** An address that begins with http:// or https://, without a slash at its end. */
export const baseAddress = z
  .url({ protocol: /^https?$/, error: "expected an address that begins with http:// or https://" })
  .transform((address) => address.replace(/\/+$/, ""));

/** A list whose entries are separated by commas. */
export const list = text.transform((value) => value.split(",").map((entry) => entry.trim()));

/** What every service is told, whatever it does. */
export const processVariables = {
  NODE_ENV: z.string().default("production"),
  MAM_ENVIRONMENT: text,
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]),
  RELEASE_DIGEST: z.string().default("unreleased"),
  /** Address to listen on; the platform needs all of them, a laptop only its own. */
  HOST: z.string().default("0.0.0.0"),
};

/** Where media is stored. */
export const storageVariables = { WASABI_ENDPOINT: baseAddress, WASABI_REGION: text };

/** A slot of a key that is rotated: text of 32 bytes or more, or empty while the slot is unused. */
export const keySlot = z
  .string()
  .default("")
  .refine((key) => key === "" || Buffer.byteLength(key) >= 32, "expected 32 bytes or more");

/** Name of a slot. */
export const slotName = z.enum(["A", "B"]);

/** What is wrong with one variable; zod's own words may quote the value, so only ours are used. */
function problem({ path, code, message, input }: z.core.$ZodIssue): string {
  const name = path.join(".");
  if (input === undefined && code === "invalid_type") return `${name} is missing`;
  const ours = code === "invalid_type" || code === "invalid_value" ? "has another form" : message;
  return `${name}: ${ours}`;
}

/**
 * Reads the environment variables of a service.
 *
 * @param variables a schema for each variable that the service uses; others are ignored.
 * @throws EnvironmentError that names every variable that is missing or cannot be used, and no value.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  variables: Shape,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const result = z.object(variables).safeParse(environment, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${problem(issue)}`);
  throw new EnvironmentError(
    `The environment cannot be used (docs/environment-variables.md has every variable):\n${problems.join("\n")}`,
  );
}
