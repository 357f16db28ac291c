import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import { freePlan, resourcesOfEnvironment } from "../../../environments/platform/hcp-plans.ts";
import { findingsAcross } from "../../../environments/rules/across.ts";
import { environmentSchema } from "../../../environments/schema/environment.ts";
import { staging } from "../../../environments/staging.ts";
import { changed } from "../../support/environments.ts";
import { stacksOf } from "../../support/stacks.ts";

/** An environment of a number, which shares nothing with those of other numbers but the organisation. */
const numbered = (number: number, plan: "free" | "paid" = "free") =>
  environmentSchema.parse(
    changed((draft) => {
      draft.name = `demo${number}`;
      draft.network.vpcCidr = `10.${100 + number}.0.0/20`;
      draft.storage.bucketPrefix = `demo${number}`;
      draft.domain.zone = `demo${number}.northlight.example`;
      draft.domain.appHost = `mam.demo${number}.northlight.example`;
      draft.domain.mediaHost = `media.demo${number}.northlight.example`;
      draft.state.backend = { kind: "hcp", organization: "northlight", project: "mam", plan };
    }, staging),
  );

const many = (count: number, plan?: "free" | "paid") =>
  Array.from({ length: count }, (_, number) => numbered(number, plan));

const found = (environments: readonly ReturnType<typeof numbered>[], only?: string) =>
  findingsAcross({ environments, fileOf: (name) => `environments/${name}.ts`, only });

test("an organisation on the free plan has room for six environments, and the seventh is told so", () => {
  expect(found(many(6))).toEqual([]);
  expect(found(many(7))).toEqual([
    {
      file: "environments/demo6.ts",
      path: "state.backend.plan",
      value: '"free"',
      expected:
        "at most 6 environments in the organization northlight: its free plan has 500 resources, and an environment up to 80",
      fix: 'set state.backend.plan: "paid" where it is, another organization, or state.backend.kind: "spaces"',
    },
  ]);
});

test("whoever works on an environment hears of it where it is in that organisation", () => {
  const elsewhere = environmentSchema.parse(
    changed((draft) => {
      draft.name = "elsewhere";
      draft.network.vpcCidr = "10.200.0.0/20";
      draft.storage.bucketPrefix = "elsewhere";
    }, staging),
  );
  const all = [...many(7), elsewhere];

  expect(found(all, "demo0")).toMatchObject([{ file: "environments/demo6.ts" }]);
  expect(found(all, "elsewhere")).toEqual([]);
});

test("a paid plan has room for more", () => {
  expect(found(many(7, "paid"))).toEqual([]);
});

test.each(["staging", "production"])(
  "%s has no more resources than an environment is counted with",
  (only) => {
    const loaded = loadEnvironments({ inputs: environments, only, directory: "environments" });
    const count = Object.values(stacksOf(loaded).stacks)
      .flatMap(({ resource }) => Object.values(resource))
      .reduce((sum, named) => sum + Object.keys(named).length, 0);

    expect(count).toBeGreaterThan(freePlan.resources / 10);
    expect(count).toBeLessThanOrEqual(resourcesOfEnvironment);
  },
);
