import type { z } from "zod";

import { type Finding, describeValue, valueAt } from "./findings.ts";

type Issue = z.core.$ZodIssue;

/** Turns what the schema objects to into findings, one a field. */
export function schemaFindings(
  issues: readonly Issue[],
  file: string,
  input: unknown,
  reference: string,
): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => {
        const field = path ? `${path}.${key}` : key;
        return {
          file,
          path: field,
          value: describeValue(valueAt(input, field)),
          expected: "no such field",
          fix: `remove it, or correct its name: ${reference}`,
        };
      });
    }
    return [
      {
        file,
        path,
        value: describeValue(valueAt(input, path)),
        expected: expectation(issue),
        fix: `correct the value: ${reference}`,
      },
    ];
  });
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `a value of type ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_format":
      return issue.pattern ? `text that matches ${issue.pattern}` : `a valid ${issue.format}`;
    case "invalid_union":
      return `one of the forms that the field's kind allows`;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}
