import type { z } from "zod";

import { ApiError } from "./errors.ts";

const pathText = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, step) =>
      typeof step === "number" ? `${text}[${step}]` : `${text}${text && "."}${String(step)}`,
    "",
  );

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined,
    data,
  );

type Issue = z.core.$ZodIssue;

/** The issues of a union's best alternative stand for the union: its own message says only "Invalid input". */
function flatten(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
    const [closest] = issue.errors.toSorted((first, second) => first.length - second.length);
    return flatten(
      (closest ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
    );
  });
}

function unknownTo(issue: Issue, data: unknown): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `unknown field "${pathText([...issue.path, key])}"`);
  }
  if (issue.code === "invalid_type" && valueAt(data, issue.path) !== undefined) {
    return [`wrong type of "${pathText(issue.path)}": ${issue.message}`];
  }
  return [];
}

/** What a request is checked against, and how a failure is reported. */
export interface Strictness {
  /** `PUT /v2/apps/:id`, for the finding. */
  readonly call: string;
  /** Status of a refusal: most of the API answers 422, App Platform 400. */
  readonly status: 400 | 422;
  /** Where findings go. */
  readonly findings: string[];
}

/**
 * Parses a part of a request. A value that the platform would refuse is an {@link ApiError} and nothing more. A field
 * that the API's description does not have, or a value of another type, is also a finding: the real platform might
 * ignore it silently, and then the rehearsal would have promised what production does not do.
 *
 * @throws ApiError naming every field at fault.
 */
export function parseStrictly<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  part: "body" | "query",
  { call, status, findings }: Strictness,
): z.infer<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issues = flatten(parsed.error.issues);
  const unknown = issues.flatMap((issue) => unknownTo(issue, data));
  findings.push(...unknown.map((finding) => `${call}: ${finding} in the ${part}`));
  const messages = issues.map((issue) => {
    const [named] = unknownTo(issue, data);
    return named ?? `error validating field "${pathText(issue.path)}": ${issue.message}`;
  });
  const id = status === 400 ? "bad_request" : "unprocessable_entity";
  throw new ApiError(status, id, [...new Set(messages)].join("; "));
}
