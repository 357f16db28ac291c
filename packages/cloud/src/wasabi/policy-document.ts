import { z } from "zod";

import { conditionKeys, conditionObjection } from "./policy-conditions.ts";
import { variablesIn } from "./policy-pattern.ts";

/** One line of a Condition element: the operator, the key it looks at, and the values it compares with. */
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement with every element that may be one value or a list written as a list. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  /** Whom the statement is about; `*` is everybody, the anonymous included. Only in resource policies. */
  readonly Principal?: readonly string[];
  readonly NotPrincipal?: readonly string[];
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition: readonly Condition[];
}

/** A policy that has been read and checked: every element and value in it is one that the evaluation knows. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** Where a policy is attached: to a user, or to a bucket. */
export type PolicyKind = "identity" | "resource";

/** A policy that the platform refuses; the message names the element and what is wrong with it. */
export class MalformedPolicyError extends Error {
  override readonly name = "MalformedPolicyError";
}

const texts = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === "string" ? [value] : value));

const scalar = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const scalars = z
  .union([scalar, z.array(scalar)])
  .transform((value) => (typeof value === "string" ? [value] : value));

const principal = z
  .union([z.literal("*"), z.strictObject({ AWS: texts })])
  .transform((value) => (value === "*" ? ["*"] : value.AWS));

const condition = z
  .record(z.string(), z.record(z.string(), scalars))
  .transform((operators) =>
    Object.entries(operators).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]): Condition => ({ operator, key, values })),
    ),
  );

const statementSchema = z.strictObject({
  Sid: z.string().exactOptional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.exactOptional(),
  NotPrincipal: principal.exactOptional(),
  Action: texts.exactOptional(),
  NotAction: texts.exactOptional(),
  Resource: texts.exactOptional(),
  NotResource: texts.exactOptional(),
  Condition: condition.default([]),
});

const documentSchema = z.strictObject({
  Version: z.literal("2012-10-17"),
  Id: z.string().exactOptional(),
  Statement: z
    .union([statementSchema, z.array(statementSchema).min(1)], {
      // A union says no more than "invalid input"; the branch that the author meant says what and where.
      error: ({ input }) =>
        Array.isArray(input) ? undefined : "expected a statement or a list of statements",
    })
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

const actionPattern = /^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i;
const principalArn = /^arn:aws:iam::\d{12}:(root|user\/[\w+=,.@/-]+)$/;
const resourceArn = /^arn:aws:[a-z0-9-]+:/;

type Rule = (statement: Statement, kind: PolicyKind) => string | undefined;

function exactlyOne(statement: Statement, ...elements: (keyof Statement)[]): string | undefined {
  const present = elements.filter((element) => statement[element] !== undefined);
  return present.length === 1
    ? undefined
    : `has ${present.length === 0 ? "neither" : "both"} ${elements.join(" nor ")}`.replace(
        /both (\w+) nor/,
        "both $1 and",
      );
}

function firstWrong(
  values: readonly string[] | undefined,
  isRight: (value: string) => boolean,
  complaint: string,
): string | undefined {
  const wrong = values?.find((value) => !isRight(value));
  return wrong === undefined ? undefined : `${complaint} "${wrong}"`;
}

function unknownVariable(texts: readonly string[]): string | undefined {
  const unknown = texts.flatMap(variablesIn).find((name) => !conditionKeys.has(name.toLowerCase()));
  return unknown === undefined ? undefined : `uses the unknown policy variable "\${${unknown}}"`;
}

const isPrincipal = (value: string) =>
  value === "*" || /^\d{12}$/.test(value) || principalArn.test(value);

const statementRules: readonly Rule[] = [
  (statement) => exactlyOne(statement, "Action", "NotAction"),
  (statement) => exactlyOne(statement, "Resource", "NotResource"),
  (statement, kind) =>
    kind === "resource" ? exactlyOne(statement, "Principal", "NotPrincipal") : undefined,
  ({ Principal, NotPrincipal }, kind) =>
    kind === "identity" && (Principal ?? NotPrincipal)
      ? "has a Principal, which only a resource policy may have"
      : undefined,
  ({ Effect, NotPrincipal }) =>
    Effect === "Allow" && NotPrincipal
      ? "allows a NotPrincipal, which is not supported"
      : undefined,
  ({ Principal, NotPrincipal }) =>
    firstWrong(Principal ?? NotPrincipal, isPrincipal, "names the invalid principal"),
  ({ Action, NotAction }) =>
    firstWrong(
      Action ?? NotAction,
      (value) => actionPattern.test(value),
      "names the invalid action",
    ),
  ({ Resource, NotResource }) =>
    firstWrong(
      Resource ?? NotResource,
      (value) => value === "*" || resourceArn.test(value),
      "names the invalid resource",
    ),
  ({ Resource, NotResource, Condition: lines }) =>
    unknownVariable([...(Resource ?? NotResource ?? []), ...lines.flatMap(({ values }) => values)]),
  ({ Condition: lines }) =>
    lines
      .map(({ operator, key, values }) => conditionObjection(operator, key, values))
      .find((objection) => objection !== undefined),
];

/**
 * Reads and checks a policy. Strict on purpose: an element, operator, key or principal type that the evaluation does not
 * know is refused by name, because one that were ignored would make the policy say something else than it does.
 *
 * @throws MalformedPolicyError
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  const document = documentSchema.safeParse(readJson(text));
  if (!document.success) throw new MalformedPolicyError(firstIssue(document.error.issues));
  document.data.Statement.forEach((statement, index) => {
    for (const rule of statementRules) {
      const objection = rule(statement, kind);
      if (objection)
        throw new MalformedPolicyError(`${statementName(statement, index)} ${objection}.`);
    }
  });
  return document.data;
}

/** How messages call a statement: by its Sid, else by its place, counted from 1. */
export function statementName({ Sid }: Pick<Statement, "Sid">, index: number): string {
  return Sid === undefined ? `statement ${index + 1}` : `statement "${Sid}"`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedPolicyError("The policy is not valid JSON.");
  }
}

/** The first thing wrong, with its path; unions are followed into the branch that got furthest. */
function firstIssue(
  issues: readonly z.core.$ZodIssue[],
  path: readonly PropertyKey[] = [],
): string {
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (!issue) return "The policy is not valid.";
  const here = [...path, ...issue.path];
  if (issue.code === "invalid_union") {
    const depth = (branch: readonly z.core.$ZodIssue[]) =>
      Math.max(0, ...branch.map((inner) => inner.path.length));
    const [best] = [...issue.errors].sort((first, second) => depth(second) - depth(first));
    if (best && depth(best) > 0) return firstIssue(best, here);
  }
  const place = here.length === 0 ? "The policy" : here.map(String).join(".");
  return issue.code === "unrecognized_keys"
    ? `${place} has the unknown element ${issue.keys.map((key) => `"${key}"`).join(", ")}.`
    : `${place}: ${issue.message}.`;
}
