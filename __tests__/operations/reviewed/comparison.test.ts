import { compare } from "../../../operations/reviewed/comparison.ts";
import { type Keys, reviewedStacks } from "../../../operations/reviewed/fingerprint.ts";
import { renderLess, renderMore } from "../../../operations/reviewed/text.ts";
import { appValues, plannedStack, resourceChange } from "../../support/plans.ts";

const app = "digitalocean_app.app";
const vpc = "digitalocean_vpc.network";
const keys: Keys = { app: "lineage-of-the-app", data: "lineage-of-data" };

const scaled = (count: number, level = "info") =>
  resourceChange(app, ["update"], {
    before: appValues(),
    after: appValues(({ service }) => {
      service[0]!.instance_count = count;
      service[0]!.env[1]!.value = level;
    }),
  });
const stacks = (...changes: Parameters<typeof plannedStack>[1]["resource_changes"] & object) =>
  reviewedStacks([plannedStack("app", { resource_changes: changes })], keys);

const mine = { address: app, what: "app mam-production" };

test("the same plan is the one that was reviewed", () => {
  expect(compare(stacks(scaled(3, "debug")), stacks(scaled(3, "debug")))).toEqual({
    more: [],
    less: [],
  });
});

test("another value of a field is named with both values", () => {
  const { more } = compare(stacks(scaled(3)), stacks(scaled(4)));

  expect(more).toEqual([
    { ...mine, path: "spec.service[api].instance_count", reviewed: "3", planned: "4" },
  ]);
});

test("another value that nobody may see is known to be another one", () => {
  const { more } = compare(stacks(scaled(2, "debug")), stacks(scaled(2, "trace")));

  expect(more).toEqual([
    {
      ...mine,
      path: "spec.service[api].env[LOG_LEVEL].value",
      reviewed: "(secret)",
      planned: "another (secret)",
    },
  ]);
  const long = (end: string) =>
    stacks(
      resourceChange(vpc, ["update"], {
        before: { description: "" },
        after: { description: `${"x".repeat(80)}${end}` },
      }),
    );
  expect(compare(long("a"), long("a")).more).toEqual([]);
  expect(compare(long("a"), long("b")).more).toHaveLength(1);
});

test("a field, a resource and an action that nobody reviewed are named", () => {
  const create = resourceChange(vpc, ["create"], { after: { name: "x" } });
  const destroy = resourceChange(vpc, ["delete"], { before: { name: "x" } });

  expect(compare(stacks(), stacks(create)).more).toMatchObject([
    { address: vpc, path: "", reviewed: "nothing of it", planned: "create" },
  ]);
  expect(compare(stacks(create), stacks(destroy)).more).toMatchObject([
    { address: vpc, reviewed: "create", planned: "destroy" },
  ]);
  expect(compare(stacks(scaled(3)), stacks(scaled(3, "debug"))).more).toMatchObject([
    { path: "spec.service[api].env[LOG_LEVEL].value", reviewed: "no change" },
  ]);
});

test("a stack that nobody reviewed is not let pass", () => {
  const data = plannedStack("data", {
    resource_changes: [resourceChange(vpc, ["delete"], { before: {} })],
  });

  expect(compare({}, reviewedStacks([data], keys)).more).toMatchObject([{ planned: "destroy" }]);
});

test("what is made is compared by all that it is given", () => {
  const made = (range: string) =>
    stacks(resourceChange(vpc, ["create"], { after: { name: "x", ip_range: range } }));

  expect(compare(made("10.10.0.0/16"), made("10.10.0.0/16")).more).toEqual([]);
  expect(compare(made("10.10.0.0/16"), made("10.20.0.0/16")).more).toMatchObject([
    { path: "ip_range", reviewed: "10.10.0.0/16", planned: "10.20.0.0/16" },
  ]);
});

test("what was reviewed and is done meanwhile is told, and stops nothing", () => {
  const compared = compare(stacks(scaled(3, "debug")), stacks(scaled(2, "debug")));

  expect(compared.more).toEqual([]);
  expect(compared.less).toMatchObject([{ path: "spec.service[api].instance_count" }]);
  expect(compare(stacks(scaled(3)), {}).less).toMatchObject([
    { path: "", reviewed: "change", planned: "no change" },
  ]);
  expect(renderLess(compared)).toContain("Reviewed, and no more to be done:\n  app mam-production");
  expect(renderLess({ more: [], less: [] })).toBe("");
});

test("what could only be named may be made later, and nothing else", () => {
  const named = reviewedStacks([], keys, { app: [{ address: vpc, what: "VPC" }] });
  const create = (address: string) => resourceChange(address, ["create"], { after: { name: "x" } });

  expect(compare(named, stacks(create(vpc))).more).toEqual([]);
  expect(compare(named, named)).toEqual({ more: [], less: [] });
  expect(compare(named, stacks(create(app))).more).toHaveLength(1);
  expect(compare({}, named).more).toMatchObject([{ address: vpc, planned: "not planned yet" }]);
});

test("without a state to key them by, values are compared as they are shown", () => {
  const unkeyed = (count: number) =>
    reviewedStacks([plannedStack("app", { resource_changes: [scaled(count)] })], {});

  expect(JSON.stringify(unkeyed(3))).not.toContain("mark");
  expect(compare(unkeyed(3), unkeyed(3)).more).toEqual([]);
  expect(compare(unkeyed(3), unkeyed(4)).more).toHaveLength(1);
});

test("what was reviewed holds no value that may be a secret, and no key", () => {
  const text = JSON.stringify(stacks(scaled(3, "hunter2-is-my-password")));

  expect(text).toContain("env[LOG_LEVEL].value");
  expect(text).not.toMatch(/hunter2|lineage-of/);
});

test("a refusal names resource, field and both values, and what to do", () => {
  expect(renderMore("staging", compare(stacks(scaled(3)), stacks(scaled(4))))).toBe(
    [
      "The plan is not the one that was reviewed.",
      "  app mam-production (digitalocean_app.app)  spec.service[api].instance_count",
      "    reviewed  3",
      "    planned   4",
      "  fix       look at this plan: in CI run the deployment workflow by hand, which plans anew and waits for approval;",
      "            here: mam plan staging --review review, then the same command again",
      "",
    ].join("\n"),
  );
});
