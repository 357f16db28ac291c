import fc from "fast-check";

import {
  type EnvironmentConfig,
  environmentSchema,
} from "../../environments/schema/environment.ts";
import { nothingRotated } from "../../environments/schema/rotation.ts";
import { brokenRules } from "../../environments/rules/rule.ts";
import { rules } from "../../environments/rules/rules.ts";
import { leftOut } from "../../operations/effects/left-out.ts";
import { awsSchema, digitaloceanSchema } from "@mam-infra/provider/schemas/index";
import { arbitraryEnvironment } from "../support/arbitrary-environment.ts";
import { release } from "../support/environments.ts";
import { schemaObjections } from "../support/provider-schema.ts";
import { stacksOf } from "../support/stacks.ts";

const written = (config: EnvironmentConfig) =>
  stacksOf([{ config, release, rotation: nothingRotated }]);

test("whatever the schema accepts is written, and fits the providers' schemas", () => {
  fc.assert(
    fc.property(arbitraryEnvironment, (input) => {
      const { stacks } = written(environmentSchema.parse(input));

      return Object.values(stacks).every(
        (stack) => schemaObjections(stack, [digitaloceanSchema, awsSchema]).length === 0,
      );
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test("no input empties a list that the provider would then leave as it is", () => {
  fc.assert(
    fc.property(arbitraryEnvironment, (input) => {
      const { stacks } = written(environmentSchema.parse(input));

      return Object.values(stacks).every((stack) => leftOut(stack).length === 0);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test("the rules judge whatever the schema accepts without an exception", () => {
  fc.assert(
    fc.property(arbitraryEnvironment, (input) => {
      const findings = brokenRules(rules, environmentSchema.parse(input), "the file", input);

      return findings.every(({ expected, fix }) => expected.length > 0 && fix.length > 0);
    }),
    { numRuns: 300 },
  );
});

const secretNames = [
  ...["TF_VAR_jwt_secret_a", "TF_VAR_cookie_secret_b", "TF_VAR_wasabi_secret_key"],
  ...[
    "DIGITALOCEAN_TOKEN",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "SPACES_SECRET_ACCESS_KEY",
  ],
];

test("no secret of the surroundings is ever written", () => {
  const value = "4c1d-secret-of-the-surroundings";
  const surroundings = Object.fromEntries(secretNames.map((name) => [name, value]));
  const before = { ...process.env };
  Object.assign(process.env, surroundings);
  try {
    fc.assert(
      fc.property(
        arbitraryEnvironment,
        (input) => !written(environmentSchema.parse(input)).text.includes(value),
      ),
      { numRuns: 5 },
    );
  } finally {
    for (const name of secretNames) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
});
