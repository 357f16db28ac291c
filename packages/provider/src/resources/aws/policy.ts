import { isDeepStrictEqual } from "node:util";

// Two texts can be one policy: the order of statements and of lists, one string or a list of one, and
// white space mean nothing. The provider compares policies with awspolicyequivalence 1.7.

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json;
}

function parse(text: string): Json {
  return JSON.parse(text) as Json; // what JSON.parse returns when it is given no reviver
}

function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function sorted(json: Json): Json {
  if (Array.isArray(json)) return json.map(sorted);
  if (!isJsonObject(json)) return json;
  const names = Object.keys(json).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(json[name] ?? null)]));
}

/** Go's encoder writes these so, lest JSON is taken for HTML (encoding/json, HTMLEscape). */
function goText(json: Json): string {
  const escapes = /[<>&\u2028\u2029]/g;
  return JSON.stringify(json).replace(
    escapes,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * JSON in one form: members in order, no white space (NormalizeJsonString in
 * terraform-plugin-sdk 2.26.1, helper/structure). "" stays.
 *
 * @throws SyntaxError when the text is no JSON.
 */
export function normalJson(text: string): string {
  return text === "" ? "" : goText(sorted(parse(text)));
}

/** As {@link normalJson}, with `Version` first, which IAM once demanded (provider 5.100.0, verify/json.go). */
export function normalPolicy(text: string): string {
  if (text === "") return "";
  const policy = sorted(parse(text));
  if (!isJsonObject(policy) || policy.Version !== "2012-10-17") return goText(policy);
  const { Version, ...others } = policy;
  return goText({ Version, ...others });
}

function texts(json: Json | undefined): readonly string[] {
  if (json === undefined) return [];
  return (Array.isArray(json) ? json : [json]).map(String).sort();
}

/** An account may stand for itself or for its root user. */
function principal(name: string): string {
  return /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(name)?.[1] ?? name;
}

function principals(json: Json | undefined): Json {
  // "*" and {"AWS":"*"} mean the same to S3, and are two policies to the provider (measured with 5.100.0).
  if (!isJsonObject(json)) return texts(json);
  return sorted(
    Object.fromEntries(
      Object.entries(json).map(([kind, names]) => [kind, texts(names).map(principal).sort()]),
    ),
  );
}

function conditions(json: Json | undefined): Json {
  if (!isJsonObject(json)) return {};
  const operators = Object.entries(json).map(([operator, keys]) => {
    const values = isJsonObject(keys) ? Object.entries(keys) : [];
    return [operator, Object.fromEntries(values.map(([key, value]) => [key, texts(value)]))];
  });
  return sorted(Object.fromEntries(operators) as JsonObject); // built of JSON just above
}

function statement(json: Json): string {
  const { Sid, Effect, Condition, ...rest } = isJsonObject(json) ? json : {};
  const listed = ["Action", "NotAction", "Resource", "NotResource"].map((name) =>
    texts(rest[name]),
  );
  const who = [rest.Principal, rest.NotPrincipal].map(principals);
  return JSON.stringify([Sid ?? "", Effect ?? "", listed, who, conditions(Condition)]);
}

function canonical(text: string): unknown {
  const policy = parse(text);
  if (!isJsonObject(policy)) return policy;
  const { Version, Id, Statement = [] } = policy;
  const statements = Array.isArray(Statement) ? Statement.map(statement) : [statement(Statement)];
  return { Version: Version ?? "", Id: Id ?? "", statements: statements.sort() };
}

function isNoPolicy(text: string): boolean {
  return ["", "{}"].includes(text.trim());
}

/** Whether two texts are the same policy. A text that is no JSON is equal to none. */
export function samePolicy(first: string, second: string): boolean {
  if (isNoPolicy(first) || isNoPolicy(second)) return isNoPolicy(first) && isNoPolicy(second);
  try {
    return isDeepStrictEqual(canonical(first), canonical(second));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Which text goes to the state: the stored one, so long as the platform's is the same policy. */
export function storedUnlessDifferent(stored: string, read: string): string {
  return !isNoPolicy(read) && !isNoPolicy(stored) && samePolicy(stored, read) ? stored : read;
}
