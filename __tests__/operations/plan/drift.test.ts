import { explainPlan } from "../../../operations/plan/explanation.ts";
import type { PlanJson } from "../../../operations/terraform/plan-json.ts";
import { anEnvironment } from "../../support/environments.ts";
import { type AppSpec, appValues, plannedStack, resourceChange } from "../../support/plans.ts";

const environment = anEnvironment();

const explain = (plan: Partial<PlanJson>, drifted: readonly string[] = []) => {
  const { stacks, drift, left, changes } = explainPlan(environment, [
    plannedStack("app", plan, drifted),
  ]);
  return { noise: stacks[0]?.noise, drift, left, changes };
};

/** The platform has what a person made of the app, and the plan puts it back. */
const changedByHand = (change: (spec: AppSpec) => unknown) => {
  const [released, found] = [appValues(), appValues(change)];
  return explain({
    resource_drift: [
      resourceChange("digitalocean_app.app", ["update"], { before: released, after: found }),
    ],
    resource_changes: [
      resourceChange("digitalocean_app.app", ["update"], { before: found, after: released }),
    ],
  });
};

test("what a person changed is named, with the line that keeps it", () => {
  const { drift, noise } = changedByHand(({ service }) => (service[0]!.instance_count = 5));

  expect(drift).toEqual([
    {
      address: "digitalocean_app.app",
      what: "app mam-production",
      path: "spec.service[api].instance_count",
      before: "2",
      found: "5",
      planned: "2",
      keep: {
        file: "environments/production.ts",
        line: "services: { api: { instances: { count: 5 } } }",
      },
    },
  ]);
  expect(noise).toEqual([]);
});

test("a variable that a person added is named without its value", () => {
  const { drift } = changedByHand(({ service }) =>
    service[0]!.env.push({ key: "HANDMADE", type: "GENERAL", value: "do-not-show" }),
  );

  expect(drift).toMatchObject([
    {
      path: "spec.service[api].env[HANDMADE]",
      before: "absent",
      found: "present",
      planned: "absent",
    },
  ]);
  expect(JSON.stringify(drift)).not.toContain("do-not-show");
});

test("where the configuration changed too, both are told", () => {
  const values = (count: number) =>
    appValues(({ service }) => (service[0]!.instance_count = count));
  const { drift } = explain({
    resource_drift: [
      resourceChange("digitalocean_app.app", ["update"], { before: values(2), after: values(5) }),
    ],
    resource_changes: [
      resourceChange("digitalocean_app.app", ["update"], { before: values(5), after: values(3) }),
    ],
  });

  expect(drift).toMatchObject([{ before: "2", found: "5", planned: "3" }]);
});

test("what a person deleted is named, and made again", () => {
  const values = { name: "mam-production-api" };
  const { drift } = explain({
    resource_drift: [
      resourceChange("digitalocean_uptime_check.uptime_api", ["delete"], { before: values }),
    ],
    resource_changes: [
      resourceChange("digitalocean_uptime_check.uptime_api", ["create"], { after: values }),
    ],
  });

  expect(drift).toMatchObject([
    {
      what: "uptime check mam-production-api",
      found: "deleted",
      planned: "created again",
      keep: { reason: "nothing keeps it gone but taking it out of the project" },
    },
  ]);
});

const app = "digitalocean_app.app";
const sealedValue = (value: string) =>
  appValues(({ service }) => (service[0]!.env[0]!.value = value));

test.each<
  [what: string, address: string, before: object, after: object, path: string, why: RegExp]
>([
  [
    "empty lists",
    "aws_iam_user.uploader",
    { tags: null },
    { tags: {} },
    "tags",
    /absent and empty/,
  ],
  [
    "a secret that the platform encrypted",
    app,
    sealedValue("plaintext"),
    sealedValue("EV[1:new]"),
    "spec.service[api].env[JWT_SECRET_A].value",
    /gives a secret back encrypted/,
  ],
  [
    "alert destinations",
    app,
    appValues((spec) => (spec.alert[0]!.destinations = [{ emails: ["a"] }])),
    appValues(),
    "spec.alert[DEPLOYMENT_FAILED].destinations",
    /never gives alert destinations back/,
  ],
  [
    "the project of a cluster",
    "digitalocean_database_cluster.postgres",
    { project_id: "a" },
    { project_id: "b" },
    "project_id",
    /resources of their own/,
  ],
  [
    "a bucket's policy",
    "aws_s3_bucket.masters",
    { policy: "" },
    { policy: "{}" },
    "policy",
    /resource of its own/,
  ],
  [
    "a time",
    app,
    appValues(),
    { ...appValues(), updated_at: "later" },
    "updated_at",
    /platform computes it/,
  ],
  [
    "where a cluster is measured",
    "digitalocean_database_cluster.postgres",
    { metrics_endpoints: ["a"] },
    { metrics_endpoints: ["a", "b"] },
    "metrics_endpoints",
    /platform computes it/,
  ],
])("%s in the drift means nothing, and why", (_, address, before, after, path, why) => {
  const { drift, noise, changes } = explain({
    resource_drift: [resourceChange(address, ["update"], { before, after })],
  });

  expect({ drift, changes }).toEqual({ drift: [], changes: false });
  expect(noise).toEqual([{ subject: address, paths: [path], why: expect.stringMatching(why) }]);
});

test("what a person changed and the environment says nothing of is named, and stays", () => {
  const values = (timeout: number) => ({ deadlock_timeout: timeout });
  const { drift, left, noise, changes } = explain({
    resource_drift: [
      resourceChange("digitalocean_database_postgresql_config.postgres_settings", ["update"], {
        before: values(1000),
        after: values(5000),
      }),
    ],
  });

  expect(left).toMatchObject([{ path: "deadlock_timeout", before: "1000", found: "5000" }]);
  expect({ drift, noise, changes }).toEqual({ drift: [], noise: [], changes: false });
});

test("in a stack that Terraform refuses to plan every change is named all the same", () => {
  const plan = {
    resource_drift: [
      resourceChange("digitalocean_database_cluster.postgres", ["update"], {
        before: { region: "nyc1", tags: null },
        after: { region: "nyc3", tags: [] },
      }),
      resourceChange("digitalocean_monitor_alert.postgres_alert_cpu", ["delete"], { before: {} }),
    ],
  };
  const { stack, saved } = plannedStack("data", plan);
  const { drift } = explainPlan(environment, [
    { stack, saved: { ...saved, refusedByTerraform: true } },
  ]);

  expect(drift).toMatchObject([
    { path: "region", before: "nyc1", found: "nyc3" },
    { path: "", found: "deleted" },
  ]);
});

test("a secret that is not sealed yet was changed by nobody, although the plan sends it again", () => {
  const [sent, standing] = [sealedValue("plaintext"), sealedValue("EV[1:new]")];
  const { drift, noise } = explain({
    resource_drift: [resourceChange(app, ["update"], { before: sent, after: standing })],
    resource_changes: [resourceChange(app, ["update"], { before: standing, after: sent })],
  });

  expect(drift).toEqual([]);
  expect(noise).toMatchObject([{ paths: ["spec.service[api].env[JWT_SECRET_A].value"] }]);
});

test("drift of a plan that was not read is counted by resource", () => {
  expect(explain({}, ["aws_s3_bucket.masters"]).noise).toEqual([
    {
      subject: "aws_s3_bucket.masters",
      paths: [""],
      why: "it differs from the state, and nothing follows from it",
    },
  ]);
});

test("an output that changes alone is no change", () => {
  const { noise, changes } = explain({
    output_changes: { urls: { actions: ["update"] }, app_id: { actions: ["no-op"] } },
  });

  expect(changes).toBe(false);
  expect(noise).toMatchObject([{ subject: "output urls" }]);
});

test("an update of which nothing is meant is no change, unless it is the app's", () => {
  const update = (address: string, before: object, after: object) =>
    explain({ resource_changes: [resourceChange(address, ["update"], { before, after })] });

  expect(update("digitalocean_project.console_project", { tags: null }, { tags: [] }).changes).toBe(
    false,
  );
  expect(update("digitalocean_project.console_project", { a: 1 }, { a: 1 }).noise).toMatchObject([
    { why: "Terraform only changes what it calls sensitive" },
  ]);
  expect(update(app, appValues(), appValues()).changes).toBe(true);
});
