import { judge, parseOverride } from "../../../operations/gate/gate.ts";
import { gateRules } from "../../../operations/gate/rules.ts";
import { anEnvironment } from "../../support/environments.ts";
import { gateContext as context } from "../../support/gate.ts";
import { resourceChange } from "../../support/plans.ts";
import { resources, stacksOf } from "../../support/stacks.ts";

const environment = anEnvironment();
const emptied = resourceChange("digitalocean_database_firewall.valkey_firewall", ["update"], {
  after: { rule: [] },
});

test("an override lets its own rule pass, and no other", async () => {
  const given = context([resourceChange("aws_s3_bucket.masters", ["delete"]), emptied]);
  const reason = "the bucket was copied and checked";
  const one = await judge(given, [{ rule: "stateful", reason }]);
  const both = await judge(given, [
    { rule: "stateful", reason },
    { rule: "database-firewall", reason },
  ]);

  expect(one).toMatchObject({
    ok: false,
    findings: [{ id: "database-firewall" }],
    overridden: [{ id: "stateful" }],
  });
  expect(both).toMatchObject({ ok: true, findings: [] });
});

test("an override is a rule and a reason", () => {
  expect(parseOverride("stateful=copied, a=b")).toEqual({
    rule: "stateful",
    reason: "copied, a=b",
  });
});

test.each([
  [
    "nothing=because",
    /there is no rule nothing.*stateful, app-replaced, app-tainted, database-firewall/,
  ],
  ["stateful=", /gives no reason/],
  ["stateful", /gives no reason/],
  ["stateful=   ", /gives no reason/],
  ["", /there is no rule/],
  ["protected=because", /there is no rule protected/],
])("%j is no override", (text, message) => {
  expect(() => parseOverride(text)).toThrow(message);
});

test("what Terraform protects from being destroyed, the gate protects too", () => {
  const { stacks } = stacksOf([environment]);
  const isProtected = (lifecycle: unknown) =>
    (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true;
  const protectedAddresses = Object.values(stacks).flatMap((stack) =>
    Object.keys(stack.resource).flatMap((type) =>
      resources(stack, type)
        .filter(([, block]) => isProtected(block.lifecycle))
        .map(([name]) => `${type}.${name}`),
    ),
  );

  expect(protectedAddresses.length).toBeGreaterThan(10);
  return Promise.all(
    protectedAddresses.map(async (address) => {
      const destroyed = await judge(context([resourceChange(address, ["delete"])]), []);
      expect([address, destroyed.ok]).toEqual([address, false]);
    }),
  );
});

test("every rule is refused for by a test above, and says what, why and how to mend it", () => {
  expect(gateRules.map(({ id }) => id)).toEqual([
    "protected",
    "stateful",
    "app-replaced",
    "app-tainted",
    "database-firewall",
    "machines-reachable",
    "public-bucket",
    "weaker-policy",
    "bucket-protection",
    "in-use",
    "retired-secret",
    "active-slot",
    "unsealed-secret",
    "older-files",
    "red-doctor",
    "never-lowered",
    "cluster-first",
    "storage-user-renamed",
    "access-key-replaced",
    "uptime-alert-moved",
    "left-out",
    "adopted-lost",
  ]);
  for (const { what, why, fix } of gateRules) {
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[a-z]/);
  }
});
