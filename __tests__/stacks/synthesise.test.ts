import { readFileSync } from "node:fs";

import { production } from "../../environments/production.ts";
import { staging } from "../../environments/staging.ts";
import { awsSchema, digitaloceanSchema } from "@mam-infra/provider/schemas/index";
import { versions } from "../../stacks/versions.ts";
import { anEnvironment, changed } from "../support/environments.ts";
import { schemaObjections } from "../support/provider-schema.ts";
import { stackOf, stacksOf } from "../support/stacks.ts";

const environments = [anEnvironment(production), anEnvironment(staging)];
const { stacks, text } = stacksOf(environments);

test("every environment has three stacks of its own", () => {
  expect(Object.keys(stacks)).toEqual([
    "production-storage",
    "production-data",
    "production-app",
    "staging-storage",
    "staging-data",
    "staging-app",
  ]);
});

test("the same environments are written as the same bytes", () => {
  expect(stacksOf(environments).text).toBe(text);
});

test("nothing in the output names this machine", () => {
  expect(text).not.toContain(process.cwd());
  expect(text).not.toContain("mam-infra-");
});

test.each(Object.entries(stacks))(
  "%s uses only what the pinned providers know, with its type",
  (_, stack) => {
    expect(schemaObjections(stack, [digitaloceanSchema, awsSchema])).toEqual([]);
  },
);

test.each([
  ["Better Stack", { kind: "better-stack" }],
  ["Datadog", { kind: "datadog", endpoint: "https://http-intake.logs.datadoghq.eu" }],
  ["Papertrail", { kind: "papertrail", endpoint: "logs7.papertrailapp.com:12345" }],
  [
    "OpenSearch",
    {
      kind: "opensearch",
      endpoint: "https://logs.northlight.example:9200",
      index: "mam",
      user: "mam",
    },
  ],
] as const)("logs to %s, log sinks and every option fit the schemas too", (_, destination) => {
  const environment = anEnvironment(
    changed((draft) => {
      draft.logs = {
        destination,
        databaseSink: {
          server: "logs7.papertrailapp.com",
          port: 12345,
          clusters: ["postgres", "valkey"],
        },
      };
      draft.database.storageGib = 60;
      draft.storage.masters = { objectLock: { mode: "GOVERNANCE", days: 30 } };
      draft.services.maintenancePage = {
        enabled: true,
        offlinePageUrl: "https://status.northlight.example",
      };
      draft.domain.zoneManagedBy = "elsewhere";
    }),
  );
  const written = Object.values(stacksOf([environment]).stacks);

  expect(
    written.flatMap((stack) => schemaObjections(stack, [digitaloceanSchema, awsSchema])),
  ).toEqual([]);
});

test("the providers are pinned exactly, and Terraform by a range that begins with .terraform-version", () => {
  expect(readFileSync(".terraform-version", "utf8").trim()).toBe("1.11.4");
  for (const stack of Object.values(stacks)) {
    expect(stack.terraform.required_version).toBe(">=1.11.4, <1.16.0");
  }
  expect(stacks["production-storage"]?.terraform.required_providers).toEqual({
    aws: { source: "aws", version: "5.100.0" },
  });
  expect(stacks["production-app"]?.terraform.required_providers).toEqual({
    digitalocean: { source: "digitalocean/digitalocean", version: "2.99.1" },
  });
});

test("the schemas that the output is checked against are those of the pinned versions", () => {
  expect(digitaloceanSchema.version).toBe(versions.digitalocean);
  expect(awsSchema.version).toBe(versions.aws);
});

test.each(["data", "app"] as const)("the %s stack never loads the AWS provider", (part) => {
  for (const environment of environments) {
    const stack = stackOf(environment, part);

    expect(Object.keys(stack.provider)).toEqual(["digitalocean"]);
    expect(Object.keys(stack.resource).filter((type) => type.startsWith("aws_"))).toEqual([]);
  }
});

test("no output shows a secret", () => {
  const secretAttributes =
    /\.(secret|password|uri|private_uri|ui_password|encrypted_secret)\b|var\./;
  for (const [name, stack] of Object.entries(stacks)) {
    const shown = Object.entries(stack.output ?? {}).filter(
      ([, { sensitive }]) => sensitive !== true,
    );

    expect(shown.length).toBeGreaterThan(0);
    for (const [output, { value }] of shown) {
      expect(`${name} ${output} ${JSON.stringify(value)}`).not.toMatch(secretAttributes);
    }
  }
});

test("a secret that crosses stacks is marked again, or the plan would print it", () => {
  const app = JSON.stringify(stacks["production-app"]?.resource);
  const references = app.match(/[^{}]*cross_stack_output_aws_iam_access_key_\w+_secret/g) ?? [];

  expect(references).toHaveLength(4);
  for (const reference of references) expect(reference).toContain("sensitive(");
});

/** References of Terraform's expressions to resources and data sources, as `type.name`. */
const reference = /\$\{[^}]*?\b((?:data\.)?(?:digitalocean|aws|terraform)_\w+\.\w+)/g;

test.each(Object.entries(stacks))("%s reads only what it has itself, and states", (_, stack) => {
  const named = (kind: "resource" | "data", prefix: string) =>
    Object.entries(stack[kind] ?? {}).flatMap(([type, all]) =>
      Object.keys(all).map((name) => `${prefix}${type}.${name}`),
    );
  const own = [...named("resource", ""), ...named("data", "data.")];
  const read = [...JSON.stringify(stack).matchAll(reference)].map(([, name]) => name);

  expect(read.filter((name) => !own.includes(name ?? ""))).toEqual([]);
  expect(read.length).toBeGreaterThan(0);
});

test("errors have their traces again once everything is written", () => {
  stacksOf(environments);

  expect(new Error("one").stack).toContain("synthesise.test.ts");
  const object: { stack?: string } = {};
  Error.captureStackTrace(object);
  expect(object.stack).toContain("synthesise.test.ts");
});
