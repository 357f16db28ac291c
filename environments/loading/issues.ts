import { z } from "zod";

import { type FileFinding, describeValue, valueAt } from "../rules/findings.ts";
import { exampleOf, fieldNames, kindInWords, schemaOf } from "./kinds.ts";
import { nearest } from "./nearest.ts";
import { unwrap } from "../schema/partial.ts";

type Issue = z.core.$ZodIssue;

/** What is checked, and what with. */
export interface Subject {
  readonly schema: z.core.$ZodType;
  /** Path of the file. */
  readonly file: string;
  readonly input: unknown;
  /** Where every field is described. */
  readonly reference: string;
}

/** Turns what the schema objects to into findings, one a field. */
export function schemaFindings(issues: readonly Issue[], subject: Subject): FileFinding[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownField(issue.path, key, subject))
      : [wrongValue(issue, subject)],
  );
}

function unknownField(
  parent: readonly PropertyKey[],
  key: string,
  { schema, file, input, reference }: Subject,
): FileFinding {
  const path = [...parent.map(String), key].join(".");
  const group = valueAt(input, parent.map(String).join("."));
  const names = fieldNames(schemaOf(schema, parent, input), group);
  const value = describeValue(valueAt(input, path));
  const meant = nearest(
    key,
    names.filter((name) => valueAt(group, name) === undefined),
  );
  const expected = meant
    ? `no such field; did you mean ${meant}?`
    : `no such field${names.length > 0 ? `; there are ${names.join(", ")}` : ""}`;
  const fix = meant
    ? `write ${meant} in the place of ${key}: ${meant}: ${value}`
    : `remove the line ${key}: ${value}`;
  return { file, path, value, expected, fix: `${fix}; ${reference}` };
}

function wrongValue(issue: Issue, { schema, file, input, reference }: Subject): FileFinding {
  const path = issue.path.map(String).join(".");
  const found = valueAt(input, path);
  const field = schemaOf(schema, issue.path, input);
  const meant = field && meantChoice(field, found);
  const question = meant === undefined ? "" : `; did you mean ${meant}?`;
  return {
    file,
    path,
    value: describeValue(found),
    expected: `${expectation(issue, field)}${question}`,
    fix: fixOf(issue.path.at(-1), meant ?? (field && exampleOf(field)), reference),
  };
}

/** The line that mends a value. One that only a person knows is an example, which the reference explains. */
function fixOf(
  name: PropertyKey | undefined,
  value: string | undefined,
  reference: string,
): string {
  return typeof name === "string" && value !== undefined
    ? `write ${name}: ${value}, or another one that fits; ${reference}`
    : `correct the value; ${reference}`;
}

/** The choice that a person may have meant. */
function meantChoice(field: z.core.$ZodType, found: unknown): string | undefined {
  const inner = unwrap(field);
  if (!(inner instanceof z.ZodEnum) || typeof found !== "string") return undefined;
  const meant = nearest(found, inner.options.map(String));
  return meant === undefined ? undefined : JSON.stringify(meant);
}

function expectation(issue: Issue, field: z.core.$ZodType | undefined): string {
  const kind = field && kindInWords(field);
  if (kind !== undefined && isOfKind(issue)) return kind;
  switch (issue.code) {
    case "invalid_type":
      return `a value of type ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
    case "too_big":
      return limitOf(issue);
    case "invalid_format":
      return formatOf(issue);
    default:
      return issue.code === "invalid_union"
        ? "one of the forms that the field's kind allows"
        : issue.message;
  }
}

function formatOf({ pattern, format }: z.core.$ZodIssueInvalidStringFormat): string {
  return pattern ? `text that matches ${pattern}` : `a valid ${format}`;
}

/** Whether the kind of a field says what the issue is about: its type, its choices, its numbers' limits. */
function isOfKind(issue: Issue): boolean {
  if (issue.code === "too_small" || issue.code === "too_big") {
    return issue.origin !== "string" && issue.origin !== "array";
  }
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

function limitOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const limit =
    issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return `${limit}${unitOf(issue.origin)}`;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}
