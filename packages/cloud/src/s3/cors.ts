import { z } from "zod";

import { S3Error } from "./errors.ts";
import { type XmlValue, repeated, wholeNumber } from "./xml.ts";

/** A rule of a bucket's CORS configuration, in the words of its XML. */
export interface CorsRule {
  readonly ID?: string | undefined;
  readonly AllowedOrigin: readonly string[];
  readonly AllowedMethod: readonly string[];
  readonly AllowedHeader: readonly string[];
  readonly ExposeHeader: readonly string[];
  readonly MaxAgeSeconds?: number | undefined;
}

const oneStar = z
  .string()
  .refine((value) => value.split("*").length <= 2, "can not have more than one wildcard");

/**
 * The shape of a CORS configuration.
 *
 * @param methods HTTP methods that the platform lets a rule allow.
 */
export function corsSchema(methods: readonly string[]) {
  return z.strictObject({
    CORSRule: repeated(
      z.strictObject({
        ID: z.string().max(255).exactOptional(),
        AllowedOrigin: repeated(oneStar).refine((list) => list.length > 0, "is missing"),
        AllowedMethod: repeated(z.enum(methods)).refine((list) => list.length > 0, "is missing"),
        AllowedHeader: repeated(oneStar),
        ExposeHeader: repeated(z.string()),
        MaxAgeSeconds: wholeNumber.exactOptional(),
      }),
    ).refine((rules) => rules.length >= 1 && rules.length <= 100, "must have 1 to 100 rules"),
  });
}

/** The content of a `CORSConfiguration` element. */
export function corsContent(rules: readonly CorsRule[]): XmlValue {
  return { CORSRule: rules.map((rule) => ({ ...rule })) };
}

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * The headers that let a page of another origin use an answer, or none where no rule fits or the request comes from no
 * page.
 */
export function corsHeaders(
  rules: readonly CorsRule[],
  method: string,
  { origin }: Headers,
): Record<string, string> {
  if (origin === undefined) return {};
  const rule = rules.find((candidate) => fits(candidate, origin, method, []));
  return rule ? allowance(rule, origin) : {};
}

/**
 * The answer to a browser's preflight.
 *
 * @throws S3Error `BadRequest` if it is no preflight, `AccessForbidden` if no rule fits.
 */
export function preflightHeaders(
  rules: readonly CorsRule[],
  headers: Headers,
): Record<string, string> {
  const { origin, "access-control-request-method": method } = headers;
  if (origin === undefined || method === undefined) throw new S3Error("BadRequest");
  const wanted = (headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = rules.find((candidate) => fits(candidate, origin, method, wanted));
  if (!rule) {
    throw new S3Error("AccessForbidden", { elements: { Method: method, ResourceType: "OBJECT" } });
  }
  return {
    ...allowance(rule, origin),
    ...(wanted.length > 0 && { "access-control-allow-headers": wanted.join(", ") }),
    ...(rule.MaxAgeSeconds !== undefined && {
      "access-control-max-age": String(rule.MaxAgeSeconds),
    }),
  };
}

function fits(
  { AllowedOrigin, AllowedMethod, AllowedHeader }: CorsRule,
  origin: string,
  method: string,
  wantedHeaders: readonly string[],
): boolean {
  return (
    AllowedOrigin.some((pattern) => matchesStar(pattern, origin)) &&
    AllowedMethod.includes(method) &&
    wantedHeaders.every((name) =>
      AllowedHeader.some((pattern) => matchesStar(pattern.toLowerCase(), name)),
    )
  );
}

function matchesStar(pattern: string, text: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function allowance(rule: CorsRule, origin: string): Record<string, string> {
  const isForAll = rule.AllowedOrigin.includes("*");
  return {
    "access-control-allow-origin": isForAll ? "*" : origin,
    "access-control-allow-methods": rule.AllowedMethod.join(", "),
    ...(rule.ExposeHeader.length > 0 && {
      "access-control-expose-headers": rule.ExposeHeader.join(", "),
    }),
    ...(!isForAll && { "access-control-allow-credentials": "true" }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}
