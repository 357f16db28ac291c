import { checkEnvironment } from "../../environments/check.ts";
import { production } from "../../environments/production.ts";

const check = (input: unknown) => checkEnvironment("production", "the file", input).findings;

test("mistakes of the schema and of the rules are all reported at once", () => {
  const findings = check({
    ...production,
    network: { region: "paris", vpcCidr: "8.8.0.0/20" },
    cache: { ...production.cache, nods: 2, evictionPolicy: "allkeys_lru" },
    services: {
      ...production.services,
      api: {
        ...production.services.api,
        size: 4,
        health: { timeoutSeconds: 60, periodSeconds: 10 },
      },
    },
  });

  expect(findings.map(({ path }) => path).sort()).toEqual([
    "cache.evictionPolicy",
    "cache.nods",
    "network.region",
    "network.vpcCidr",
    "services.api.health.timeoutSeconds",
    "services.api.size",
  ]);
});

test("a rule says nothing about a field that has a finding of its own", () => {
  const findings = check({ ...production, database: { ...production.database, nodes: "two" } });

  expect(findings).toMatchObject([{ path: "database.nodes", value: '"two"' }]);
});

test.each([
  ["nothing", undefined],
  ["text", "production"],
  ["a list", []],
  ["an empty object", {}],
  ["sections of the wrong kind", { ...production, services: [], database: null }],
])("%s instead of an environment gives findings, never an exception", (_, input) => {
  expect(check(input).length).toBeGreaterThan(0);
});

test("a misspelt field is refused, since its default would silently stay in force", () => {
  const findings = check({
    ...production,
    alerting: { recipient: ["on-call@northlight.example"] },
  });

  expect(findings).toContainEqual({
    file: "the file",
    path: "alerting.recipient",
    value: '["on-call@northlight.example"]',
    expected: "no such field",
    fix: "remove it, or correct its name: docs/configuration.md lists every field",
  });
});
