import { deltaOf } from "../../../operations/cost/delta.ts";
import { changeInWords, deltaInWords, deltaLines } from "../../../operations/cost/delta-text.ts";
import type { CostLine } from "../../../operations/cost/line.ts";
import { costOfPlans } from "../../../operations/cost/planned.ts";
import type { PlannedStack } from "../../../operations/plan/plan-stacks.ts";
import type { AnyStack } from "../../../operations/terraform/stack-kinds.ts";
import { explainPlan } from "../../../operations/plan/explanation.ts";
import { renderPlan } from "../../../operations/plan/text.ts";
import { renderMarkdown } from "../../../operations/review/markdown.ts";
import { anEnvironment } from "../../support/environments.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";

const environment = anEnvironment();

const app = (worker: object, api: object = { instance_size_slug: "apps-d-1vcpu-2gb" }) => ({
  spec: [
    {
      name: "mam-production",
      service: [{ name: "api", instance_count: 2, ...api }],
      worker: [{ name: "worker", instance_size_slug: "apps-d-2vcpu-4gb", ...worker }],
      job: [{ name: "migrate", kind: "PRE_DEPLOY", instance_size_slug: "apps-s-1vcpu-1gb" }],
    },
  ],
});

const appPlan = (before: unknown, after: unknown) =>
  plannedStack("app", {
    resource_changes: [resourceChange("digitalocean_app.app", ["update"], { before, after })],
  });

const costOf = (...planned: readonly PlannedStack<AnyStack>[]) =>
  costOfPlans(environment.config, planned);

const cluster = (name: string, before: unknown, after: unknown) =>
  plannedStack("data", {
    resource_changes: [
      resourceChange(`digitalocean_database_cluster.${name}`, ["update"], { before, after }),
    ],
  });

test("another worker costs what an instance of its size does", () => {
  const cost = costOf(appPlan(app({ instance_count: 2 }), app({ instance_count: 3 })));

  expect(cost).toEqual({
    lines: [
      {
        part: "App Platform",
        resource: "worker",
        before: { quantity: "2 × apps-d-2vcpu-4gb", month: { least: 156, most: 156 } },
        after: { quantity: "3 × apps-d-2vcpu-4gb", month: { least: 234, most: 234 } },
        month: { least: 78, most: 78 },
      },
    ],
    month: { least: 78, most: 78 },
    unknown: [],
  });
});

test("a plan that changes nothing that is paid for says nothing of costs", () => {
  const before = app({ instance_count: 2 });
  const after = { spec: [{ ...before.spec[0], name: "mam-production", env: [{ key: "A" }] }] };

  expect(costOf(appPlan(before, after))).toBeUndefined();
  expect(costOf(plannedStack("data", {}))).toBeUndefined();
});

test("instances by load cost more by a range, and a size that goes less", () => {
  const scaled = (min_instance_count: number, max_instance_count: number) => ({
    instance_size_slug: "apps-d-1vcpu-1gb",
    instance_count: null,
    autoscaling: [{ min_instance_count, max_instance_count }],
  });
  const grows = costOf(appPlan(app({}, scaled(2, 4)), app({}, scaled(3, 9))));
  const shrinks = costOf(appPlan(app({}, scaled(3, 9)), app({}, scaled(2, 4))));

  expect(deltaInWords(grows!)).toBe("+$34.00 to +$170.00");
  expect(deltaInWords(shrinks!)).toBe("-$34.00 to -$170.00");
});

test("what comes is counted from nothing, and what goes to nothing", () => {
  const comes = costOf(
    plannedStack("app", {
      resource_changes: [
        resourceChange("digitalocean_uptime_check.api", ["create"], { after: { name: "api" } }),
      ],
    }),
  );

  expect(comes?.lines.map(changeInWords)).toEqual(["absent → 1 checks, $1.00"]);
  expect(comes?.month).toEqual({ least: 1, most: 1 });
});

test("another standby of a plan with a least price costs that or more", () => {
  const advanced = (node_count: number) => ({
    engine: "advanced_pg",
    size: "gd-2vcpu-8gb",
    node_count,
    storage_size_mib: "61440",
  });

  expect(deltaLines(costOf(cluster("postgres", advanced(2), advanced(3))))).toEqual([
    "the cost of a month changes: +$130.00 or more",
    "  postgres  2 × gd-2vcpu-8gb, advanced, one of them standby, $260.00 or more → 3 × gd-2vcpu-8gb, advanced, 2 of them standby, $390.00 or more  +$130.00 or more",
  ]);
});

test("an edition or a size without a price changes the cost by what is not known", () => {
  const standard = { engine: "pg", size: "db-s-1vcpu-2gb", node_count: 1 };
  const larger = costOf(
    cluster("postgres", standard, { ...standard, size: "db-s-2vcpu-4gb" }),
    appPlan(app({ instance_count: 2 }), app({ instance_count: 3 })),
  );
  const only = costOf(cluster("postgres", standard, { ...standard, size: "db-s-2vcpu-4gb" }));

  expect(deltaInWords(larger!)).toBe("+$78.00, without what is not known: postgres");
  expect(larger?.unknown).toEqual(["postgres"]);
  expect(deltaInWords(only!)).toBe("by what is not known");
});

test("a disk is counted only where it changes", () => {
  const standard = (storage_size_mib: string, node_count = 1) => ({
    ...{ engine: "pg", size: "db-s-1vcpu-2gb", node_count, storage_size_mib },
  });
  const grows = costOf(cluster("postgres", standard("30720"), standard("61440")));
  const same = costOf(cluster("postgres", standard("61440"), standard("61440")));

  expect(grows?.lines.map(({ resource, month }) => [resource, month])).toEqual([
    ["disk of postgres", { least: 0, most: expect.closeTo(6.45, 6) }],
  ]);
  expect(same).toBeUndefined();
});

test("dumps that are kept longer cost their storage", () => {
  const bucket = (days: number) => ({
    versioning: [{ enabled: true }],
    lifecycle_rule: [
      { id: "abort-incomplete-uploads", expiration: [] },
      {
        id: "expire-backups",
        expiration: [{ days }],
        noncurrent_version_expiration: [{ days: 7 }],
      },
    ],
  });
  const cost = costOf(
    plannedStack("storage", {
      resource_changes: [
        resourceChange("aws_s3_bucket.backups", ["update"], {
          before: bucket(30),
          after: bucket(365),
        }),
      ],
    }),
  );

  expect(cost?.lines.map(changeInWords)).toEqual([
    "37 GiB, $0.29 → 372 GiB, $2.90",
    "306 GiB, $2.39 → 253 GiB, $1.98",
  ]);
});

test("what is planned later is named among what is not known", () => {
  const planned = [
    cluster("valkey", null, { engine: "valkey", size: "db-s-1vcpu-2gb", node_count: 1 }),
  ];
  const cost = costOfPlans(environment.config, planned, { later: ["app"] });

  expect(deltaInWords(cost!)).toBe(
    "+$30.00, without what is not known: the app, which is planned later",
  );
});

test("a line that stays unknown is named only when there is more or less of it", () => {
  const unknown = (quantity: string): CostLine => ({
    ...{ part: "App Platform", resource: "job migrate", quantity, month: null, note: "" },
  });

  expect(deltaOf([unknown("1")], [unknown("1")])).toBeUndefined();
  expect(deltaOf([unknown("1")], [unknown("2")])?.unknown).toEqual(["job migrate"]);
});

test("a plan says in text and in Markdown what it does to the cost", () => {
  const planned = [appPlan(app({ instance_count: 2 }), app({ instance_count: 3 }))];
  const explanation = explainPlan(environment, planned);

  expect(renderPlan(explanation, { all: false })).toContain(
    [
      "the cost of a month changes: +$78.00",
      "  worker  2 × apps-d-2vcpu-4gb, $156.00 → 3 × apps-d-2vcpu-4gb, $234.00  +$78.00",
    ].join("\n"),
  );
  expect(renderMarkdown(explanation)).toContain(
    [
      "### The cost of a month changes: +&#36;78.00",
      "",
      "| resource | now → then | more |",
      "| --- | --- | --- |",
      "| worker | 2 × apps-d-2vcpu-4gb, &#36;156.00 → 3 × apps-d-2vcpu-4gb, &#36;234.00 | +&#36;78.00 |",
    ].join("\n"),
  );
});

const droplets = (...sides: readonly (readonly ["before" | "after" | "both", string])[]) =>
  plannedStack("gpu", {
    resource_changes: sides.map(([side, size], index) =>
      resourceChange(
        `digitalocean_droplet.gpu_worker_${index + 1}`,
        side === "after" ? ["create"] : ["delete"],
        { before: side === "after" ? null : { size }, after: side === "before" ? null : { size } },
      ),
    ),
  });

test("machines that go cost less from then on, and one more costs what it does", () => {
  const ada = "gpu-4000adax1-20gb";
  const gone = costOf(droplets(["before", ada], ["before", ada]));
  expect(gone?.month).toEqual({ least: -1109.6, most: -1109.6 });
  expect(gone?.lines).toMatchObject([
    { resource: "GPU workers", before: { quantity: `2 × ${ada}` }, after: null },
  ]);

  expect(costOf(droplets(["both", ada], ["after", ada]))?.month).toEqual({
    least: 554.8,
    most: 554.8,
  });
  expect(costOf(droplets(["both", ada], ["both", ada]))).toBeUndefined();
});
