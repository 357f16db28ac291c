import { leftOut } from "../../../operations/effects/left-out.ts";
import { judge } from "../../../operations/gate/gate.ts";
import { staging } from "../../../environments/staging.ts";
import { anEnvironment } from "../../support/environments.ts";
import { gateContext } from "../../support/gate.ts";
import { plannedStack } from "../../support/plans.ts";
import { stackOf } from "../../support/stacks.ts";

type Part = "storage" | "app";

const environment = anEnvironment(staging);
const stacks = { storage: stackOf(environment, "storage"), app: stackOf(environment, "app") };

/** A stack in which an argument of a resource is something else. */
function withValue(part: Part, address: string, path: readonly string[], value: unknown) {
  const stack = structuredClone(stacks[part]) as object;
  const steps = ["resource", ...address.split("."), ...path];
  const last = steps.pop() ?? "";
  const holder = steps.reduce<object>((held, step) => Reflect.get(held, step) as object, stack);
  Reflect.set(holder, last, value);
  return stack;
}

test("the stacks of staging leave nothing out", () => {
  expect([stacks.storage, stacks.app].flatMap(leftOut)).toEqual([]);
});

test.each<[part: Part, address: string, path: string[], value: unknown, argument: string]>([
  ["storage", "aws_s3_bucket.previews", ["lifecycle_rule"], [], "lifecycle_rule"],
  ["storage", "aws_s3_bucket.previews", ["lifecycle_rule"], undefined, "lifecycle_rule"],
  ["storage", "aws_s3_bucket.staging", ["cors_rule"], [], "cors_rule"],
  ["storage", "aws_s3_bucket.masters", ["versioning"], undefined, "versioning"],
  ["app", "digitalocean_app.app", ["spec", "domain"], [], "spec.domain"],
  ["app", "digitalocean_app.app", ["spec", "ingress"], undefined, "spec.ingress"],
  ["app", "digitalocean_app.app", ["spec", "ingress", "rule"], [], "spec.ingress"],
])("in %s, %s %j as %j is left out", (part, address, path, value, argument) => {
  expect(leftOut(withValue(part, address, path, value))).toMatchObject([{ address, argument }]);
});

test("the gate refuses a list that no plan shows as emptied", async () => {
  const stack = withValue("storage", "aws_s3_bucket.previews", ["lifecycle_rule"], []);
  const planned = plannedStack("storage", {});
  const given = gateContext([], {
    planned: [{ ...planned, stack: { ...planned.stack, leftOut: leftOut(stack) } }],
  });

  expect((await judge(given, [])).findings).toEqual([
    {
      id: "left-out",
      severity: "error",
      resource: "lifecycle_rule of aws_s3_bucket.previews",
      expected: "written, with at least one element",
      found: "left out: every lifecycle rule stays as it is on the bucket: objects go on expiring",
      fix: "write at least one rule; to take one back, write it with another value, or disabled",
    },
  ]);
});
