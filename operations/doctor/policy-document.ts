import { z } from "zod";

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const statement = z.strictObject({
  Sid: z.string().exactOptional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts.exactOptional(),
  NotAction: texts.exactOptional(),
  Resource: texts.exactOptional(),
  NotResource: texts.exactOptional(),
  Condition: z.record(z.string(), z.unknown()).exactOptional(),
});

/** A statement of a policy, with its lists written as lists. */
export type PolicyStatement = z.output<typeof statement>;

const policyDocument = z.object({
  Statement: z
    .union([statement, z.array(statement)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

/**
 * The statements of a user's or a group's policy. An element that is not known here makes the whole policy unreadable,
 * because a policy that is read without it would say something else.
 *
 * @param text as IAM answers it: JSON, percent-encoded (RFC 3986) by AWS's reference, taken as it is where it is not.
 * @returns undefined when it cannot be understood.
 */
export function readStatements(text: string): readonly PolicyStatement[] | undefined {
  try {
    const json = text.trimStart().startsWith("{") ? text : decodeURIComponent(text);
    return policyDocument.safeParse(JSON.parse(json)).data?.Statement;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError) return undefined;
    throw error;
  }
}
