import { retiredSchema } from "../../../environments/schema/retired.ts";
import { type GateContext, judge } from "../../../operations/gate/gate.ts";
import { retiredFingerprint } from "../../../operations/secrets/retired/fingerprint.ts";
import { fingerprint } from "../../../operations/secrets/seal.ts";
import { gateContext, pastWith } from "../../support/gate.ts";
import { appValues, resourceChange } from "../../support/plans.ts";
import { aSealedEnvironment, everySupplied } from "../secrets/support.ts";

const leaked = "a value that leaked, as long as it has to be";
const salt = "0f".repeat(16);

const retired = retiredSchema.parse({
  salt,
  secrets: [
    {
      name: "JWT_SECRET_A",
      fingerprint: await retiredFingerprint(fingerprint(leaked), salt),
      retired: "2026-11-20",
    },
  ],
});

const environment = { ...aSealedEnvironment(), retired };

/** What runs: an app whose sessions are signed by slot A. */
const spec = {
  name: "mam-production",
  services: [{ name: "api", envs: [{ key: "JWT_SECRET_ACTIVE", value: "A" }] }],
};
const app = {
  id: "app",
  created_at: "",
  updated_at: "",
  spec,
  active_deployment: { id: "deployment", spec },
};

const found = async (supplied: GateContext["supplied"], rest: Partial<GateContext> = {}) => {
  const context = { environment, supplied, past: pastWith(app), ...rest };
  const { findings } = await judge(gateContext([], context), []);
  return findings.map(({ id, resource, found: seen, fix }) => [id, resource, seen, fix]);
};

test("a retired value is refused, under whatever name it is supplied and whoever is there", async () => {
  expect(await found({ JWT_SECRET_B: leaked }, { unattended: false })).toEqual([
    [
      "retired-secret",
      "JWT_SECRET_B",
      "the value of JWT_SECRET_A that was replaced on 2026-11-20",
      "unset TF_VAR_jwt_secret_b",
    ],
  ]);
});

test("a retired value is refused where the sealed file is missing, too", async () => {
  const { config, release, rotation } = environment;
  const unsealed = { config, release, rotation, retired };

  expect(await found({ JWT_SECRET_B: leaked }, { environment: unsealed })).toHaveLength(1);
});

test("a value that replaces the key that signs is refused, whoever is there", async () => {
  const supplied = { ...everySupplied, JWT_SECRET_A: "a new value, as long as it has to be" };

  expect(await found(supplied, { unattended: false })).toEqual([
    ["active-slot", "JWT_SECRET_A", "another value", "unset TF_VAR_jwt_secret_a"],
  ]);
});

test("sealed values that are supplied again, and a new one for an idle slot, are let pass", async () => {
  expect(await found(everySupplied)).toEqual([]);
  expect(await found({ JWT_SECRET_B: "a new value, as long as it has to be" })).toEqual([]);
});

test("in CI a supplied value that differs from what runs is refused by name, and let pass when it is asked for", async () => {
  const changed = appValues(({ service }) => {
    service[0]!.env[0] = { key: "JWT_SECRET_B", type: "SECRET", value: "a new value" };
  });
  const planned = [
    resourceChange("digitalocean_app.app", ["update"], { before: appValues(), after: changed }),
  ];
  const context = gateContext(planned, {
    environment,
    supplied: { JWT_SECRET_B: "a new value" },
    past: pastWith(app),
  });
  const override = { rule: "unsealed-secret", reason: "the partner changed it" };
  const { ok, findings } = await judge(context, []);

  expect(ok).toBe(false);
  expect(findings).toMatchObject([
    {
      id: "unsealed-secret",
      resource: "JWT_SECRET_B of api, app mam-production (digitalocean_app.app)",
      found: "another value than the one that runs, in TF_VAR_jwt_secret_b",
      fix: 'unset TF_VAR_jwt_secret_b; to change the secret on purpose: --override unsealed-secret="<reason>"',
    },
  ]);
  expect(JSON.stringify(findings)).not.toContain("a new value");
  expect((await judge(context, [override])).ok).toBe(true);
  expect((await judge({ ...context, unattended: false }, [])).ok).toBe(true);
});
