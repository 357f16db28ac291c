import { checkEnvironment } from "../../../environments/loading/check.ts";
import { production } from "../../../environments/production.ts";

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
    expected: "no such field; did you mean recipients?",
    fix: 'write recipients in the place of recipient: recipients: ["on-call@northlight.example"]; docs/configuration.md lists every field',
  });
});

test.each<
  [
    what: string,
    input: object,
    finding: Readonly<Record<"path" | "value" | "expected" | "fix", string>>,
  ]
>([
  [
    "two letters that changed places",
    { cache: { size: production.cache.size, ndoes: 2 } },
    {
      path: "cache.ndoes",
      value: "2",
      expected: "no such field; did you mean nodes?",
      fix: "write nodes in the place of ndoes: nodes: 2; docs/configuration.md lists every field",
    },
  ],
  [
    "another spelling of the words of a name",
    {
      alerting: {
        ...production.alerting,
        latency_milliseconds: 3,
        uptime_regions: ["us_east", "eu_west"],
      },
    },
    {
      path: "alerting.uptime_regions",
      value: '["us_east","eu_west"]',
      expected: "no such field; did you mean uptimeRegions?",
      fix: 'write uptimeRegions in the place of uptime_regions: uptimeRegions: ["us_east","eu_west"]; docs/configuration.md lists every field',
    },
  ],
  [
    "a name that is like no other",
    { network: { ...production.network, colour: "blue" } },
    {
      path: "network.colour",
      value: '"blue"',
      expected: "no such field; there are region, vpcCidr",
      fix: 'remove the line colour: "blue"; docs/configuration.md lists every field',
    },
  ],
  [
    "a number as text",
    { database: { ...production.database, nodes: "two" } },
    {
      path: "database.nodes",
      value: '"two"',
      expected: "a whole number from 1 to 3, in nodes",
      fix: expect.stringMatching(/^write nodes: \d/) as string,
    },
  ],
  [
    "a number that is too large",
    {
      services: {
        ...production.services,
        worker: { ...production.services.worker, concurrency: 900 },
      },
    },
    {
      path: "services.worker.concurrency",
      value: "900",
      expected: expect.stringMatching(/^a whole number from \d+ to \d+/) as string,
      fix: expect.stringMatching(/^write concurrency: \d/) as string,
    },
  ],
  [
    "a choice with a slip",
    { tier: "prodution" },
    {
      path: "tier",
      value: '"prodution"',
      expected: 'one of "production", "staging"; did you mean "production"?',
      fix: 'write tier: "production", or another one that fits; docs/configuration.md lists every field',
    },
  ],
  [
    "text where a group belongs",
    { domain: "northlight.example" },
    {
      path: "domain",
      value: '"northlight.example"',
      expected: "a group of fields",
      fix: "correct the value; docs/configuration.md lists every field",
    },
  ],
])(
  "%s: the finding says the field, the kind, and the line that mends it",
  (_, changes, finding) => {
    expect(check({ ...production, ...changes })).toContainEqual({ file: "the file", ...finding });
  },
);

test("a mistyped field of an alternative is found among those of its kind", () => {
  const backend = { kind: "spaces", bukket: "northlight-mam-state" };
  const findings = check({ ...production, state: { backend } });

  expect(findings).toContainEqual(
    expect.objectContaining({
      path: "state.backend.bukket",
      expected: "no such field; did you mean bucket?",
    }),
  );
});
