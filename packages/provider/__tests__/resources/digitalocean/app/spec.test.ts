import type { Plain, PlainBlock } from "../../../../src/engine/data.ts";
import { expandSpec, flattenSpec } from "../../../../src/resources/digitalocean/app/spec.ts";

const service: PlainBlock = {
  name: "api",
  http_port: 8080,
  instance_count: 0,
  image: [{ registry_type: "DOCR", repository: "mam-api", digest: "sha256:1", tag: "" }],
  env: [{ key: "EMPTY", value: "", scope: "RUN_TIME", type: "SECRET" }],
  termination: [{ grace_period_seconds: 30, drain_seconds: 0 }],
  log_destination: [],
};
const spec: Plain = [
  {
    name: "mam",
    region: "nyc",
    service: [service],
    domains: [],
    domain: [{ name: "mam.example", type: "PRIMARY", wildcard: false }],
    ingress: [
      {
        rule: [
          {
            match: [{ path: [{ prefix: "/" }] }],
            component: [{ name: "api" }],
            cors: [{ allow_origins: [{ exact: "https://a.example", regex: "^b" }] }],
          },
        ],
      },
    ],
  },
];

test("what is empty is not sent: the API would take it at its word", () => {
  expect(expandSpec(spec)).toEqual({
    name: "mam",
    region: "nyc",
    domains: [{ domain: "mam.example", type: "PRIMARY" }],
    services: [
      {
        name: "api",
        http_port: 8080,
        image: { registry_type: "DOCR", repository: "mam-api", digest: "sha256:1" },
        envs: [{ key: "EMPTY", scope: "RUN_TIME", type: "SECRET" }],
        termination: { grace_period_seconds: 30 },
      },
    ],
    ingress: {
      rules: [
        {
          match: { path: { prefix: "/" } },
          component: { name: "api" },
          cors: { allow_origins: [{ exact: "https://a.example" }, { regex: "^b" }] },
        },
      ],
    },
  });
});

test("what is sent is read back as it was configured", () => {
  const sent = expandSpec(spec);

  expect(expandSpec(flattenSpec(sent, true))).toEqual(sent);
});

test("domains are read as blocks only where blocks are managed, their names always", () => {
  const [read] = flattenSpec(expandSpec(spec), false) as readonly PlainBlock[];

  expect(read?.domain).toEqual([]);
  expect(read?.domains).toEqual(["mam.example"]);
});

test("an answer on which the real program crashes fails here too", () => {
  const answered = expandSpec(spec);
  const broken = {
    ...answered,
    services: [
      { name: "api", log_destinations: [{ name: "os", open_search: { endpoint: "https://x" } }] },
    ],
  };

  expect(() => flattenSpec(broken, true)).toThrow(/crashes here: .* without basic_auth/);
});
