import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const statement = z.looseObject({
  Sid: z.string().default(""),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z
    .union([z.literal("*"), z.record(z.string(), list)])
    .transform((principal) => (principal === "*" ? ["*"] : Object.values(principal).flat()))
    .optional(),
  Action: list.default([]),
  Resource: list.default([]),
  Condition: z.unknown().optional(),
});

const policySchema = z.looseObject({ Statement: z.array(statement) });

/** A policy document as S3 and IAM read it. */
export type PolicyDocument = z.output<typeof policySchema>;

type Statement = z.output<typeof statement>;

/** Reads a policy document. @throws when it is not a policy document: a policy that cannot be read cannot be judged. */
export function parsePolicy(text: string): PolicyDocument {
  return policySchema.parse(JSON.parse(text));
}

/** Where a policy refuses less, or allows more, than another one: a sentence each. */
export function weaknesses(policy: PolicyDocument, reference: PolicyDocument): string[] {
  const of = ({ Statement: statements }: PolicyDocument, effect: Statement["Effect"]) =>
    statements.filter(({ Effect }) => Effect === effect);
  const unrefused = of(reference, "Deny").filter(
    (wanted) => !of(policy, "Deny").some((denial) => covers(denial, wanted)),
  );
  const granted = of(policy, "Allow").filter(
    (grant) => !of(reference, "Allow").some((wanted) => covers(wanted, grant)),
  );
  return [
    ...unrefused.map(({ Sid }) => `${Sid} is refused no more, or less of it`),
    ...granted.map(({ Sid, Action }) => `${Sid} allows more: ${Action.join(", ")}`),
  ];
}

/** Statements of a policy that allow something to everybody. */
export function publicGrants({ Statement: statements }: PolicyDocument): string[] {
  return statements
    .filter(({ Effect, Principal = [] }) => Effect === "Allow" && Principal.includes("*"))
    .map(({ Sid, Action }) => `${Sid} allows everybody ${Action.join(", ")}`);
}

/** Whether a statement says at least what another one says. */
function covers(wide: Statement, narrow: Statement): boolean {
  // `NotAction` and its like turn everything around: only the same statement is known to say the same.
  if (isNegated(wide) || isNegated(narrow)) return isDeepStrictEqual(wide, narrow);
  return (
    includesAll(wide.Action, narrow.Action) &&
    includesAll(wide.Resource, narrow.Resource) &&
    includesAll(wide.Principal ?? ["*"], narrow.Principal ?? ["*"]) &&
    (wide.Condition === undefined || isDeepStrictEqual(wide.Condition, narrow.Condition))
  );
}

function includesAll(wide: readonly string[], narrow: readonly string[]): boolean {
  return narrow.every((one) => wide.some((pattern) => matches(pattern, one)));
}

/** Whether a pattern of a policy, in which `*` stands for anything, includes another one. */
function matches(pattern: string, value: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "i").test(value);
}

function isNegated(statement: Statement): boolean {
  return Object.keys(statement).some((key) => key.startsWith("Not"));
}
