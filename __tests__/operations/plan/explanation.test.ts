import { explainPlan } from "../../../operations/plan/explanation.ts";
import type { ResourceChange } from "../../../operations/terraform/plan-json.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type AppSpec, appValues, plannedStack, resourceChange } from "../../support/plans.ts";

const environment = anEnvironment();
const digest = (sign: string) => `sha256:${sign.repeat(64)}`;

const explainApp = (change: ResourceChange, drift: ResourceChange[] = []) =>
  explainPlan(environment, [
    plannedStack("app", { resource_changes: [change], resource_drift: drift }),
  ]);

const appChange = (change: (spec: AppSpec) => unknown, before = appValues()) =>
  resourceChange("digitalocean_app.app", ["update"], { before, after: appValues(change) });

test("plans in which nothing changes change nothing", () => {
  const unchanged = resourceChange("digitalocean_vpc.vpc", ["no-op"]);
  const read = resourceChange(
    "data.terraform_remote_state.data",
    ["read" as "no-op"],
    {},
    { mode: "data" },
  );
  const explanation = explainPlan(environment, [
    plannedStack("storage", {}),
    plannedStack("data", { resource_changes: [unchanged, read] }),
    plannedStack("app", {}),
  ]);

  expect(explanation).toEqual({
    environment: "production",
    changes: false,
    stacks: ["storage", "data", "app"].map((part) => ({
      part,
      name: `production-${part}`,
      resources: [],
      noise: [],
      warnings: [],
    })),
    afterwards: [],
    notPlanned: [],
    drift: [],
  });
});

test.each<[actions: ResourceChange["change"]["actions"], action: string]>([
  [["create"], "create"],
  [["update"], "change"],
  [["delete"], "destroy"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["forget"], "forget"],
])("%j is to %s", (actions, action) => {
  const change = resourceChange("digitalocean_vpc.vpc", [], {
    actions,
    before: { name: "mam-production", ip_range: "10.0.0.0/20" },
    after: { name: "mam-production", ip_range: "10.1.0.0/20" },
  });

  expect(
    explainPlan(environment, [plannedStack("data", { resource_changes: [change] })]),
  ).toMatchObject({
    changes: true,
    stacks: [
      { resources: [{ address: "digitalocean_vpc.vpc", what: "VPC mam-production", action }] },
    ],
  });
});

test("a replacement says why, and because of which attribute", () => {
  const change = resourceChange(
    "digitalocean_vpc.vpc",
    ["delete", "create"],
    {
      before: { id: "1", ip_range: "10.0.0.0/20" },
      after: { ip_range: "10.1.0.0/20" },
      after_unknown: { id: true },
      replace_paths: [["ip_range"]],
    },
    { action_reason: "replace_because_cannot_update" },
  );
  const [stack] = explainPlan(environment, [
    plannedStack("data", { resource_changes: [change] }),
  ]).stacks;

  expect(stack?.resources).toMatchObject([
    {
      reason: "the platform cannot change it in place",
      attributes: [
        { path: "ip_range", before: "10.0.0.0/20", after: "10.1.0.0/20", replaces: true },
      ],
    },
  ]);
  expect(stack?.noise).toEqual([
    {
      subject: "digitalocean_vpc.vpc",
      paths: ["id"],
      why: "the platform computes it when the resource changes",
    },
  ]);
});

test.each<[what: string, change: (spec: AppSpec) => unknown, component: string, because: string[]]>(
  [
    [
      "an image",
      ({ service }) => (service[0]!.image[0]!.digest = digest("9")),
      "api",
      ["image sha256:222222222222… → sha256:999999999999…"],
    ],
    [
      "a size",
      ({ service }) => (service[0]!.instance_size_slug = "apps-d-2vcpu-4gb"),
      "api",
      ["size apps-d-1vcpu-2gb → apps-d-2vcpu-4gb"],
    ],
    ["a count", ({ service }) => (service[0]!.instance_count = 4), "api", ["instances 2 → 4"]],
    [
      "a variable's value",
      ({ service }) => (service[0]!.env[1]!.value = "debug"),
      "api",
      ["changed variables: LOG_LEVEL"],
    ],
    [
      "a new variable",
      ({ worker }) => worker[0]!.env.push({ key: "NEW", type: "GENERAL", value: "x" }),
      "worker",
      ["new variables: NEW"],
    ],
    [
      "a variable that goes",
      ({ service }) => (service[0]!.env = service[0]!.env.slice(0, 1)),
      "api",
      ["variables that go: LOG_LEVEL"],
    ],
    [
      "a secret that nobody sealed",
      ({ service }) => (service[0]!.env[0]!.value = "plaintext"),
      "api",
      ["secrets that are sent again, because they are not sealed: JWT_SECRET_A"],
    ],
    [
      "the migration's image",
      ({ job }) => (job[0]!.image[0]!.digest = digest("9")),
      "migrate",
      ["image sha256:222222222222… → sha256:999999999999…"],
    ],
    [
      "a component that is new",
      ({ service }) => service.push({ name: "extra", image: [], env: [] }),
      "extra",
      ["it is new"],
    ],
  ],
)("%s redeploys the component, and the migration runs", (_, change, component, because) => {
  const { redeployment } = explainApp(appChange(change));

  expect(redeployment?.components.filter((one) => one.because.length > 0)).toEqual([
    { name: component, because },
  ]);
  expect(redeployment?.app).toEqual([]);
  expect(redeployment?.jobs).toEqual([{ name: "migrate", command: "npm run migrate" }]);
});

test("a secret that is sealed and gets another value is a rotation", () => {
  const fingerprint = "0".repeat(64);
  const sealed = {
    app: "a9f6945f-276c-4e91-86a0-9c3c22bdd378",
    components: { api: { JWT_SECRET_A: { fingerprint, ciphertext: "EV[1:sealed]" } } },
  };
  const change = appChange(({ service }) => (service[0]!.env[0]!.value = "another plaintext"));
  const { redeployment } = explainPlan({ ...environment, sealed }, [
    plannedStack("app", { resource_changes: [change] }),
  ]);

  expect(redeployment?.components[0]?.because).toEqual([
    "secrets with another value: JWT_SECRET_A",
  ]);
});

test("a part of the spec that is not known yet is deployed all the same", () => {
  const after = appValues(({ worker }) => Reflect.deleteProperty(worker[0]!, "env"));
  const change = resourceChange("digitalocean_app.app", ["update"], {
    before: appValues(),
    after,
    after_unknown: { spec: [{ worker: [{ env: true }] }], updated_at: true },
  });

  expect(explainApp(change).redeployment?.components).toContainEqual({
    name: "worker",
    because: ["env absent → known after it is applied"],
  });
});

test("what belongs to no component redeploys the app as a whole", () => {
  const { redeployment } = explainApp(appChange((spec) => (spec.alert[0]!.rule = "DOMAIN_FAILED")));

  expect(redeployment?.app).toEqual([
    "alert[DEPLOYMENT_FAILED] present → absent",
    "alert[DOMAIN_FAILED] absent → present",
  ]);
  expect(redeployment?.components.every(({ because }) => because.length === 0)).toBe(true);
});

test("an app that is made is deployed for the first time", () => {
  const created = resourceChange("digitalocean_app.app", ["create"], { after: appValues() });

  expect(explainApp(created).redeployment).toMatchObject({
    isFirst: true,
    jobs: [{ name: "migrate", command: "npm run migrate" }],
  });
});

test("an app that is destroyed, and one whose spec stays, are not deployed", () => {
  const gone = resourceChange("digitalocean_app.app", ["delete"], { before: appValues() });
  const project = resourceChange("digitalocean_app.app", ["update"], {
    before: { ...appValues(), dedicated: false },
    after: { ...appValues(), dedicated: true },
  });

  expect(explainApp(gone).redeployment).toBeUndefined();
  expect(explainApp(project).redeployment).toBeUndefined();
  expect(explainApp(project).changes).toBe(true);
});

test("parts that were not planned are named, with the reason where there is one", () => {
  const { notPlanned } = explainPlan(environment, [plannedStack("data", {})], {
    app: "storage and data come first",
  });

  expect(notPlanned).toEqual([
    { part: "storage", reason: "not asked for" },
    { part: "app", reason: "storage and data come first" },
  ]);
});

test("what Terraform warns of is passed on, but for what is deprecated on purpose", () => {
  const stack = plannedStack("storage", {});
  const warning = (summary: string, detail: string) => ({ severity: "warning", summary, detail });
  const warnings = [
    warning("Deprecated", "Use another.\nSoon."),
    warning("Argument is deprecated", "cors_rule is deprecated. Use the other resource instead."),
    warning("Argument is deprecated", "object_lock_enabled is deprecated. Use it above."),
    warning("Argument is deprecated", "rule is deprecated. Use the other resource instead."),
    warning("Argument is deprecated", "bucket is deprecated."),
  ];
  const { stacks } = explainPlan(environment, [{ ...stack, saved: { ...stack.saved, warnings } }]);

  expect(stacks[0]?.warnings).toEqual([
    "Deprecated: Use another.",
    "Argument is deprecated: bucket is deprecated.",
  ]);
  expect(stacks[0]?.noise).toEqual(
    [
      "cors_rule is deprecated. Use the other resource instead.",
      "object_lock_enabled is deprecated. Use it above.",
      "rule is deprecated. Use the other resource instead.",
    ].map((detail) => ({
      subject: `Argument is deprecated: ${detail}`,
      paths: [""],
      why: "the newer resources do not work on Wasabi: docs/decisions/0006",
    })),
  );
});
