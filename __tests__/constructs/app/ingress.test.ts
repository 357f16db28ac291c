import type { AppSpecIngressRule } from "@cdktf/provider-digitalocean/lib/app/index.js";

import { ingress } from "../../../constructs/app/ingress.ts";
import { production } from "../../../environments/production.ts";
import { changed, checked } from "../../support/environments.ts";

const rules = ingress(checked(production)).rule as AppSpecIngressRule[];

test("media goes to the edge whatever the path, then /api to the API, then the rest to the frontend", () => {
  expect(rules.map(({ match, component }) => ({ match, name: component?.name }))).toEqual([
    {
      match: { path: { prefix: "/" }, authority: { exact: "media.northlight.example" } },
      name: "edge",
    },
    { match: { path: { prefix: "/api" } }, name: "api" },
    { match: { path: { prefix: "/" } }, name: "frontend" },
  ]);
});

test("every component sees the path that was signed, with its prefix", () => {
  expect(rules.map(({ component }) => component?.preservePathPrefix)).toEqual([true, true, true]);
});

test("only the app's host may use the API and media from a browser", () => {
  expect(rules.map(({ cors }) => cors?.allowOrigins)).toEqual([
    { exact: "https://mam.northlight.example" },
    { exact: "https://mam.northlight.example" },
    undefined,
  ]);
});

test("a player may seek: media allows ranges, and sends no credentials", () => {
  expect(rules[0]?.cors).toMatchObject({
    allowHeaders: ["Range"],
    exposeHeaders: ["Accept-Ranges", "Content-Length", "Content-Range"],
    allowCredentials: false,
    maxAge: "3600s",
  });
});

const severalOrigins = ingress(
  checked(changed((draft) => (draft.domain.extraOrigins = ["https://review.example:8443"]))),
).rule as AppSpecIngressRule[];

test("players of further origins are matched exactly, by the one expression that the provider takes", () => {
  const expression = new RegExp(severalOrigins[0]?.cors?.allowOrigins?.regex ?? "");

  expect(expression.test("https://mam.northlight.example")).toBe(true);
  expect(expression.test("https://review.example:8443")).toBe(true);
  for (const other of [
    "https://review.example",
    "https://review-example:8443",
    "https://mam.northlight.example.evil.example",
    "http://mam.northlight.example",
    "evil https://review.example:8443",
  ]) {
    expect(expression.test(other)).toBe(false);
  }
});

test("with several origins the API answers preflights itself: the platform gives credentials to one only", () => {
  expect(severalOrigins[1]).not.toHaveProperty("cors");
  expect(rules[1]?.cors).toMatchObject({ allowCredentials: true });
});
