import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execaSync } from "execa";

import { childEnvironment } from "../../../../rehearsal/harness/child-environment.ts";
import { Commands } from "../../../../rehearsal/harness/commands.ts";
import { type Harness, openHarness } from "../../../../rehearsal/harness/rehearsal.ts";
import { Stacks } from "../../../../rehearsal/harness/stacks.ts";
import { newestState } from "../../../../rehearsal/harness/states.ts";
import { projectElsewhere } from "../../../../rehearsal/harness/state-elsewhere.ts";

const project = projectElsewhere("hcp-remote", "staging")!;
const directory = mkdtempSync(join(tmpdir(), "cdktf-remote-"));
const { signal } = new AbortController();
let harness: Harness;

beforeAll(async () => {
  harness = await openHarness({
    project: project.directory,
    mamOf: project.directory,
    directory,
    environment: project.environment,
    providers: "embedded",
    faults: [],
    interruption: signal,
  });
});
afterAll(async () => {
  await harness.close(false);
  project.remove();
  rmSync(directory, { recursive: true });
});

const store = () => harness.cloud.hcp!.store;
const called = (stack: string) =>
  store().workspaces.find(({ name }) => name === `mam-staging-${stack}`)!;

/** Address of an uptime check, which nothing protects. */
function checkIn(state: string): string {
  const { resources } = JSON.parse(state) as { resources: { type: string; name: string }[] };
  const { type, name } = resources.find((one) => one.type === "digitalocean_uptime_check")!;
  return `${type}.${name}`;
}

/** What a person types into the settings of the workspaces: every value that the stacks ask for, sensitive. */
async function setInBrowser(values: Readonly<Record<string, string>>): Promise<void> {
  const { hcp, credentials } = harness.cloud;
  for (const { id } of ["storage", "data", "app"].map(called)) {
    for (const [key, value] of Object.entries(values)) {
      const category = key === "DIGITALOCEAN_TOKEN" ? "env" : "terraform";
      const attributes = { key, value, category, sensitive: true };
      await fetch(`${hcp!.url}/api/v2/workspaces/${id}/vars`, {
        method: "POST",
        headers: { authorization: `Bearer ${credentials.hcpToken}` },
        body: JSON.stringify({ data: { type: "vars", attributes } }),
      });
    }
  }
}

/** The shell of a person, with what it has of Terraform's variables taken out of it. */
function shell() {
  const { cloud, workspace, providers } = harness;
  const all = childEnvironment(cloud, workspace, providers.source, "supplied");
  const isValue = ([name]: [string, string]) => name.startsWith("TF_VAR_");
  const values = Object.entries(all).filter(isValue);
  return {
    values: {
      ...Object.fromEntries(values.map(([name, value]) => [name.slice("TF_VAR_".length), value])),
      DIGITALOCEAN_TOKEN: cloud.credentials.digitalOceanToken,
    },
    without: Object.fromEntries(Object.entries(all).filter((entry) => !isValue(entry))),
  };
}

test("cdktf deploys staging by runs: nothing secret goes with them, and what became of them is asked", async () => {
  const { workspace, context } = harness;
  const { values, without } = shell();
  const commands = new Commands(project.directory, workspace.logs, signal);
  const stacks = new Stacks("staging", commands, workspace, without);
  const before = await context.sealedMam.run("state runs");
  await setInBrowser(values);
  const deployed = await stacks.deployAll();
  for (const name of [".env", "notes.auto.tfvars"])
    writeFileSync(join(workspace.outdir, "stacks/staging-storage", name), "");
  const planned = await stacks.plan("storage");
  const refused = await stacks.terraform(
    "app",
    "apply",
    "-input=false",
    `-replace=${checkIn(newestState(harness.cloud, "app"))}`,
  );
  const waiting = await context.sealedMam.run("state runs");
  const cleared = await context.sealedMam.run("state runs", "--discard");

  expect([before.exitCode, before.output]).toEqual([1, expect.stringContaining("no run")]);
  expect([deployed.exitCode, deployed.output]).toEqual([0, expect.any(String)]);
  expect([planned.exitCode, planned.output]).toEqual([0, expect.stringContaining("No changes.")]);
  expect(store().runs.flatMap(({ order }) => order.variables)).toEqual([]);
  for (const { archive } of store().configurationVersions) {
    const { stdout } = execaSync("tar", ["-tzf", "-"], { input: archive! });
    expect(stdout.split("\n").filter((name) => name !== "./" && name !== "")).toEqual([
      "cdk.tf.json",
    ]);
  }
  expect([refused.exitCode, waiting.exitCode]).toEqual([1, 1]);
  expect(waiting.output).toMatch(/staging-app +planned +run-/);
  expect(cleared.output).toMatch(/^discarded run-\w+/m);
  expect(store().runs.map(({ status }) => status)).toEqual([
    "applied",
    "applied",
    "applied",
    "planned_and_finished",
    "discarded",
  ]);
  expect(called("app").lock).toBeUndefined();
  expect(harness.cloud.findings()).toEqual([]);
}, 580_000);
