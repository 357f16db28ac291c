import {
  type CorsRule,
  corsContent,
  corsHeaders,
  corsSchema,
  preflightHeaders,
} from "../../src/s3/cors.ts";
import { readXml, writeXml } from "../../src/s3/xml.ts";

const rules: CorsRule[] = [
  {
    AllowedOrigin: ["https://app.example.com"],
    AllowedMethod: ["PUT"],
    AllowedHeader: ["content-type", "x-amz-*"],
    ExposeHeader: ["ETag"],
    MaxAgeSeconds: 3600,
  },
  {
    AllowedOrigin: ["https://*.example.org"],
    AllowedMethod: ["GET"],
    AllowedHeader: [],
    ExposeHeader: [],
  },
];

const preflight = (origin: string, method: string, headers?: string) =>
  preflightHeaders(rules, {
    origin,
    "access-control-request-method": method,
    "access-control-request-headers": headers,
  });

test("a preflight that a rule allows gets the rule's headers", () => {
  expect(preflight("https://app.example.com", "PUT", "Content-Type, X-Amz-Meta-A")).toEqual({
    "access-control-allow-origin": "https://app.example.com",
    "access-control-allow-methods": "PUT",
    "access-control-allow-headers": "content-type, x-amz-meta-a",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "ETag",
    "access-control-max-age": "3600",
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  });
});

test.each([
  ["another origin", "https://evil.example.com", "PUT", undefined],
  ["another method", "https://app.example.com", "GET", undefined],
  ["a header that is not allowed", "https://app.example.com", "PUT", "authorization"],
  ["an origin beside the wildcard", "https://example.org", "GET", undefined],
])("a preflight with %s is refused", (_what, origin, method, headers) => {
  expect(() => preflight(origin, method, headers)).toThrow(/CORS request is not allowed/);
});

test("a preflight without origin or method is no preflight", () => {
  expect(() => preflightHeaders(rules, { origin: "https://app.example.com" })).toThrow(
    /Insufficient information/,
  );
});

test("one star stands for any part of an origin, and alone for all", () => {
  expect(preflight("https://a.example.org", "GET")).toMatchObject({
    "access-control-allow-origin": "https://a.example.org",
  });
  const open = [
    { AllowedOrigin: ["*"], AllowedMethod: ["GET"], AllowedHeader: ["*"], ExposeHeader: [] },
  ];
  expect(corsHeaders(open, "GET", { origin: "https://any.where" })).toEqual({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET",
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  });
});

test("only requests of a page get headers, and only where a rule fits", () => {
  expect(corsHeaders(rules, "PUT", {})).toEqual({});
  expect(corsHeaders(rules, "DELETE", { origin: "https://app.example.com" })).toEqual({});
});

test("a configuration comes back as it was put", () => {
  const xml = writeXml("CORSConfiguration", corsContent(rules));
  expect(readXml(xml, "CORSConfiguration", corsSchema(["PUT", "GET"])).CORSRule).toEqual(rules);
});

test.each([
  ["no rule", ""],
  ["a rule without origin", "<CORSRule><AllowedMethod>PUT</AllowedMethod></CORSRule>"],
  [
    "two stars",
    "<CORSRule><AllowedOrigin>*.a.*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule>",
  ],
  [
    "an unknown method",
    "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod></CORSRule>",
  ],
])("a configuration with %s is refused", (_what, content) => {
  const xml = `<CORSConfiguration>${content}</CORSConfiguration>`;
  expect(() => readXml(xml, "CORSConfiguration", corsSchema(["PUT"]))).toThrow();
});
