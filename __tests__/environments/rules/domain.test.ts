import { checkEnvironment } from "../../../environments/loading/check.ts";
import { production } from "../../../environments/production.ts";
import { findingsAcross } from "../../../environments/rules/across.ts";
import { domainRules } from "../../../environments/rules/domain.ts";
import { environmentSchema } from "../../../environments/schema/environment.ts";
import { staging } from "../../../environments/staging.ts";
import { changed } from "../../support/environments.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const spelling =
  "lower case without a final dot: Terraform takes another spelling for another name, and replaces what has it";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.domain.appHost = "mam.elsewhere.example"),
    path: "domain.appHost",
    value: '"mam.elsewhere.example"',
    expected: "a host inside northlight.example",
    fix: 'set domain.appHost: "mam.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.mediaHost = "medianorthlight.example"),
    path: "domain.mediaHost",
    value: '"medianorthlight.example"',
    expected: "a host inside northlight.example",
    fix: 'set domain.mediaHost: "media.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.mediaHost = draft.domain.appHost),
    path: "domain.mediaHost",
    value: '"mam.northlight.example"',
    expected: "another host than domain.appHost: the edge answers everything on its host",
    fix: 'set domain.mediaHost: "media.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.zone = "Northlight.example."),
    path: "domain.zone",
    value: '"Northlight.example."',
    expected: spelling,
    fix: 'set domain.zone: "northlight.example"',
  },
  {
    change: (draft) => (draft.domain.appHost = "MAM.northlight.example"),
    path: "domain.appHost",
    value: '"MAM.northlight.example"',
    expected: spelling,
    fix: 'set domain.appHost: "mam.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.mediaHost = "media.northlight.example."),
    path: "domain.mediaHost",
    value: '"media.northlight.example."',
    expected: spelling,
    fix: 'set domain.mediaHost: "media.northlight.example"',
  },
  {
    change: (draft) => (draft.domain.mediaHost = "Media.Northlight.Example"),
    path: "domain.mediaHost",
    value: '"Media.Northlight.Example"',
    expected: spelling,
    fix: 'set domain.mediaHost: "media.northlight.example"',
  },
  {
    change: (draft) =>
      (draft.domain.extraOrigins = ["https://*.northlight.example", "https://review.example"]),
    path: "domain.extraOrigins",
    value: '["https://*.northlight.example","https://review.example"]',
    expected: "hosts by name: a wildcard would let pages upload that nobody has seen",
    fix: 'set domain.extraOrigins: ["https://review.example"], and add every host that is meant',
  },
  ...[
    "http://review.example",
    "https://review.example/",
    "https://review.example/tool",
    "https://review.example?x=1",
    "https://Review.Example",
    "https://review.example.",
    "https://somebody@review.example",
    "https://review.example:443",
    "review.example",
  ].map((origin): BrokenRule => {
    return {
      change: (draft) => (draft.domain.extraOrigins = [origin]),
      path: "domain.extraOrigins",
      value: JSON.stringify([origin]),
      expected:
        "origins as browsers send them: https:// and a host in lower case, without a path or a final slash",
      fix: 'set domain.extraOrigins: ["https://review.example"]',
    };
  }),
  {
    change: (draft) => (draft.domain.extraOrigins = ["https://mam.northlight.example"]),
    path: "domain.extraOrigins",
    value: '["https://mam.northlight.example"]',
    expected: "other origins than the app's own, which is always allowed",
    fix: "remove domain.extraOrigins",
  },
  {
    change: (draft) =>
      (draft.domain.extraOrigins = ["https://review.example", "https://review.example"]),
    path: "domain.extraOrigins",
    value: '["https://review.example","https://review.example"]',
    expected: "each origin once",
    fix: 'set domain.extraOrigins: ["https://review.example"]',
  },
];

test("origins of other hosts, with a port where they have one, are accepted", () => {
  const input = changed(
    (draft) =>
      (draft.domain.extraOrigins = ["https://review.example", "https://tool.example:8443"]),
  );

  expect(checkEnvironment("production", "the file", input).findings).toEqual([]);
});

test("two environments do not share a zone or a host, however it is written", () => {
  const otherwise = changed((draft) => {
    draft.domain.zone = "Northlight.example";
    draft.domain.appHost = "MAM.northlight.example";
    draft.domain.mediaHost = "media.northlight.example.";
  }, staging);
  const environments = [production, otherwise].map((input) => environmentSchema.parse(input));
  const found = findingsAcross({ environments, fileOf: (name) => name });

  expect(found.map(({ path }) => path)).toEqual([
    "domain.appHost",
    "domain.mediaHost",
    "domain.zone",
  ]);
});

itFinds(rows, domainRules);
