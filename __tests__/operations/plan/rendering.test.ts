import type { PlanExplanation } from "../../../operations/plan/explanation.ts";
import { renderMarkdown } from "../../../operations/review/markdown.ts";
import { renderPlan } from "../../../operations/plan/text.ts";

const nothing: PlanExplanation = {
  environment: "staging",
  changes: false,
  stacks: [{ part: "app", name: "staging-app", resources: [], noise: [], warnings: [] }],
  afterwards: [],
  notPlanned: [],
  drift: [],
};

const much: PlanExplanation = {
  environment: "staging",
  changes: true,
  stacks: [
    {
      part: "data",
      name: "staging-data",
      resources: [
        {
          address: "digitalocean_vpc.vpc",
          what: "VPC mam-staging",
          action: "replace",
          reason: "the platform cannot change it in place",
          means: ["the network is made anew"],
          attributes: [
            { path: "ip_range", before: "10.0.0.0/20", after: "10.1.0.0/20", replaces: true },
          ],
        },
        {
          address: "digitalocean_uptime_check.api",
          what: "uptime check",
          action: "create",
          means: [],
          attributes: [],
        },
      ],
      noise: [{ subject: "digitalocean_vpc.vpc", paths: ["id"], why: "the platform computes it" }],
      warnings: ["Deprecated: use another"],
    },
    {
      part: "app",
      name: "staging-app",
      resources: [
        {
          address: "digitalocean_app.app",
          what: "app mam-staging",
          action: "change",
          means: [],
          attributes: [
            { path: "spec.service[api].instance_count", before: "2", after: "3", replaces: false },
          ],
        },
      ],
      noise: [],
      warnings: [],
    },
  ],
  afterwards: [],
  notPlanned: [{ part: "storage", reason: "not asked for" }],
  redeployment: {
    isFirst: false,
    components: [
      { name: "api", because: ["instances 2 → 3", "changed variables: LOG_LEVEL"] },
      { name: "edge", because: [] },
    ],
    app: ["domain[a|b] absent → present"],
    jobs: [{ name: "migrate", command: "npm run migrate" }],
  },
  drift: [
    {
      address: "digitalocean_app.app",
      what: "app mam-staging",
      path: "spec.service[api].instance_count",
      before: "2",
      found: "5",
      planned: "3",
      keep: {
        file: "environments/staging.ts",
        line: "services: { api: { instances: { count: 5 } } }",
      },
    },
    {
      address: "digitalocean_app.app",
      what: "app mam-staging",
      path: "spec.service[api].env[A].value",
      before: "(secret)",
      found: "(secret)",
      planned: "(secret)",
      keep: { reason: "only its plaintext keeps it" },
    },
  ],
};

test("a plan in which nothing changes is one line", () => {
  expect(renderPlan(nothing, { all: false })).toBe("staging: no changes.\n");
});

test("a plan reads from what is worst to what means nothing", () => {
  expect(renderPlan(much, { all: false })).toBe(`staging: 1 to create, 1 to change, 1 to replace.

staging-data
  ± replace VPC mam-staging (digitalocean_vpc.vpc): the platform cannot change it in place
      ! the network is made anew
      ip_range  10.0.0.0/20 → 10.1.0.0/20  (replaces it)
  + create uptime check (digitalocean_uptime_check.api)

staging-app
  ~ change app mam-staging (digitalocean_app.app)

the app is deployed again
  api  instances 2 → 3; changed variables: LOG_LEVEL
  the app as a whole: domain[a|b] absent → present
  unchanged in it: edge
  the job migrate runs before it: npm run migrate

changed in a control panel since the last release: a deployment puts it back
  app mam-staging  spec.service[api].instance_count: 2 → 5, and 3 after a deployment
      to keep it  environments/staging.ts: services: { api: { instances: { count: 5 } } }
  app mam-staging  spec.service[api].env[A].value: changed
      to keep it  only its plaintext keeps it

not planned
  storage: not asked for

Terraform warns
  Deprecated: use another

1 difference means nothing: mam plan staging --all
`);
});

test("all of it also shows what means nothing, and why", () => {
  expect(renderPlan(much, { all: true })).toContain(`
means nothing
  the platform computes it
      digitalocean_vpc.vpc  id
`);
});

test("the first deployment of an app names all of it", () => {
  const first = { isFirst: true, components: [{ name: "api", because: [] }], app: [], jobs: [] };

  expect(renderPlan({ ...nothing, redeployment: first }, { all: false })).toContain(
    "the app is deployed for the first time\n  all of it: api\n",
  );
});

test("Markdown has a summary, and details to open", () => {
  expect(renderMarkdown(much)).toBe(`## Plan of staging: 1 to create, 1 to change, 1 to replace.

### What people notice

- VPC mam-staging: **the network is made anew**

| stack | create | change | replace | destroy |
| --- | --- | --- | --- | --- |
| \`staging-data\` | 1 |  | 1 |  |
| \`staging-app\` |  | 1 |  |  |
| storage | not planned: not asked for |  |  |  |

### The app is deployed again

The job \`migrate\` runs first: \`npm run migrate\`.

| component | because |
| --- | --- |
| \`api\` | instances 2 → 3<br>changed variables: LOG_LEVEL |
| the app as a whole | domain&#91;a&#124;b&#93; absent → present |
| \`edge\` | as before |

### Changed in a control panel since the last release

A deployment puts it back.

| what | released → now | after a deployment | to keep it |
| --- | --- | --- | --- |
| app mam-staging \`spec.service[api].instance_count\` | 2 → 5 | 3 | \`environments/staging.ts: services: { api: { instances: { count: 5 } } }\` |
| app mam-staging \`spec.service[api].env[A].value\` | changed | (secret) | only its plaintext keeps it |

<details><summary>staging-data: 2 resources</summary>

- **replace** VPC mam-staging \`digitalocean_vpc.vpc\`: the platform cannot change it in place
  - **the network is made anew**
  - \`ip_range\` 10.0.0.0/20 → 10.1.0.0/20 (replaces it)
- **create** uptime check \`digitalocean_uptime_check.api\`
- Terraform warns: Deprecated: use another

</details>

<details><summary>staging-app: 1 resource</summary>

- **change** app mam-staging \`digitalocean_app.app\`
  - \`spec.service[api].instance_count\` 2 → 3

</details>
`);
});

test("Markdown shows what the gate says, and noise where it was asked for", () => {
  const finding = {
    id: "database-firewall",
    severity: "error" as const,
    resource: "database firewall",
    expected: "kept",
    found: "destroyed",
    fix: "leave it",
  };
  const judgement = {
    ok: false,
    findings: [finding],
    overridden: [{ ...finding, id: "stateful" }],
  };
  const markdown = renderMarkdown(much, { all: true, judgement });

  expect(markdown).toContain("### The gate refuses\n\n| rule | resource |");
  expect(markdown).toContain(
    "| `database-firewall` | database firewall | kept | destroyed | leave it |",
  );
  expect(markdown).toContain("### Let pass, with a reason");
  expect(markdown).toContain("- `digitalocean_vpc.vpc id`: the platform computes it");
});

test("values from a control panel are no markup", () => {
  const [change] = much.drift;
  const found = "<img src=x> [a](http://b) *c* `d` | e\nf";
  const markdown = renderMarkdown({ ...nothing, drift: [{ ...change!, found }] });

  expect(markdown).toContain(
    "→ &#60;img src=x&#62; &#91;a&#93;(http:&#8203;//b) &#42;c&#42; &#96;d&#96; &#124; e&#92;nf |",
  );
});
