import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import type { Scenario } from "../../../rehearsal/harness/scenario.ts";
import { rehearse } from "../../../rehearsal/harness/rehearsal.ts";
import { everythingHeld, type RehearsalReport } from "../../../rehearsal/harness/report.ts";
import { plannedChanges } from "../../../rehearsal/harness/stacks.ts";
import { openPlatforms, type Platforms } from "./support/platforms.ts";
import {
  id,
  openProbe,
  optional,
  type Probe,
  type ProbeResource,
} from "../../../packages/provider/__tests__/support/probe.ts";
import type { TerraformResult } from "../../../packages/provider/__tests__/support/terraform.ts";

/** A resource type that does as it should. Each test breaks one part of it. */
const sound: ProbeResource = {
  block: { attributes: { id, note: optional("string") }, block_types: {} },
  behaviour: {},
  create: (data) => {
    data.id = "it";
    return Promise.resolve();
  },
  read: () => Promise.resolve(),
  update: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

let platforms: Platforms;
let probe: Probe;
let turn = 0;

/** Asks DigitalOcean something that no resource of the rehearsal asks. */
function asking(path: string, body: object): ProbeResource["create"] {
  return async (data) => {
    const { endpoints, credentials } = platforms.cloud;
    await fetch(`${endpoints.digitalOcean}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${credentials.digitalOceanToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    data.id = "it";
  };
}

beforeAll(async () => {
  platforms = await openPlatforms();
  probe = await openProbe({
    probe_restless: {
      ...sound,
      behaviour: { state_normalised: { note: (text) => `${text} ${(turn += 1)}` } },
    },
    probe_liar: {
      ...sound,
      create: (data) => {
        data.id = "it";
        data.set("note", "another");
        return Promise.resolve();
      },
    },
    probe_drifting: {
      ...sound,
      read: (data) => {
        data.set("note", "the secret of another");
        return Promise.resolve();
      },
    },
    probe_caller: { ...sound, create: asking("/v2/teleporters", {}) },
    probe_field: {
      ...sound,
      create: asking("/v2/vpcs", { name: "a", region: "nyc1", colour: "red" }),
    },
  });
});
afterAll(async () => {
  await probe.close();
  await platforms.close();
});

describe("what the real providers would refuse, or the rehearsal does not do, fails the command:", () => {
  let plan: TerraformResult;
  beforeAll(async () => {
    const wrong = {
      resource: {
        digitalocean_vpc: { a: { name: "a", region: "nyc1", colour: "red" } },
        digitalocean_domain: { a: { name: ["a.example"] } },
        digitalocean_ssh_key: { a: { name: "a" } },
        aws_s3_bucket: { a: { bucket: "a-bucket", acl: "private" } },
      },
      data: { digitalocean_account: { me: {} } },
    };
    plan = await platforms.directory().plan(platforms.configuration(wrong));
  });

  test.each([
    ["an unknown attribute", 'No argument or block type is named "colour".'],
    ["a wrong type", 'Inappropriate value for attribute "name": string required.'],
    ["an unimplemented resource type", 'does not support resource type "digitalocean_ssh_key".'],
    ["an unimplemented data source", 'does not support data source "digitalocean_account".'],
    ["an unimplemented behaviour", "aws_s3_bucket.a: The rehearsal does not do acl. Access is"],
  ])("%s", (_, sentence) => {
    expect(plan.exitCode).toBe(1);
    expect(plan.errors.join("\n")).toContain(sentence);
  });
});

describe("what only the rehearsal can know fails it, with a sentence that names the cause:", () => {
  let apply: TerraformResult;
  let restless: TerraformResult;
  beforeAll(async () => {
    const configuration = probe.configuration({
      probe_liar: { a: { note: "x" } },
      probe_caller: { a: {} },
      probe_field: { a: {} },
    });
    apply = await probe.directory().apply(configuration);
    // Terraform would not apply anything beside a plan that failed.
    restless = await probe
      .directory()
      .plan(probe.configuration({ probe_restless: { a: { note: "x" } } }));
  });

  test.each([
    [
      "a plan that disagrees with its configuration",
      "probe_restless: the plan is not what is configured at note",
    ],
    [
      "an applied value that disagrees with the plan",
      "probe_liar: what was applied is not the plan at note",
    ],
  ])("%s", (_, sentence) => {
    expect(probe.findings()).toContain(sentence);
    expect([...restless.errors, ...apply.errors].join("\n")).toContain(
      `Mistake in the rehearsal: ${sentence}`,
    );
  });

  test.each([
    ["an unimplemented call", "POST /v2/teleporters"],
    ["an API field that the platform does not know", "colour"],
  ])("%s", (_, cause) => {
    expect(platforms.cloud.findings().join("\n")).toContain(cause);
    expect(everythingHeld([], platforms.cloud.findings())).toBe(false);
  });
});

test("a second plan that is not empty says what it would change, and no value", async () => {
  const directory = probe.directory();
  const configuration = probe.configuration({ probe_drifting: { a: { note: "mine" } } });
  await directory.apply(configuration);
  const plan = await directory.run("plan", "-detailed-exitcode", "-out=plan");
  const { output } = await directory.run("show", "-json", "plan");

  expect(plan.exitCode).toBe(2);
  expect(plannedChanges(output)).toEqual({ "probe_drifting.a": "update of note" });
});

describe("a provider pin other than the schema's", () => {
  let report: RehearsalReport;
  let planned = -1;
  beforeAll(async () => {
    const project = mkdtempSync(join(tmpdir(), "mam-pins-"));
    mkdirSync(join(project, "environments"));
    const release = "environments/staging.release.json";
    cpSync(release, join(project, release));
    const scenario: Scenario = {
      name: "pins",
      title: "a stack with other pins",
      after: [],
      play: async ({ stacks, expect }) => {
        const directory = join(project, ".rehearsal/staging/cdktf.out/stacks/staging-storage");
        mkdirSync(directory, { recursive: true });
        writeFileSync(
          join(directory, "cdk.tf.json"),
          JSON.stringify({
            terraform: {
              required_providers: {
                aws: { source: "aws", version: "5.99.0" },
                digitalocean: { source: "digitalocean/digitalocean", version: "2.99.1" },
              },
            },
            output: { it: { value: 1 } },
          }),
        );
        planned = (await stacks.plan("storage")).exitCode;
        expect("nothing else is wrong", true);
      },
    };
    const [environment] = loadEnvironments({
      inputs: environments,
      only: "staging",
      directory: "environments",
    });
    report = await rehearse(
      {
        project,
        environment: environment!,
        scenarios: [scenario],
        providers: "embedded",
        faults: [],
        keep: false,
        interruption: new AbortController().signal,
      },
      { scenario: (_, play) => play(() => undefined) },
    );
    rmSync(project, { recursive: true });
  });

  test("is nothing to Terraform, which attaches to whatever runs", () => {
    expect(planned).toBe(2);
  });

  test("fails the rehearsal, and says how to mend it", () => {
    expect(report.held).toBe(false);
    expect(report.findings).toEqual([
      "Provider aws is pinned to 5.99.0, but the rehearsal has the schema of 5.100.0: pin it to 5.100.0 or read the schema again.",
    ]);
  });
});
