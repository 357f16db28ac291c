import type { S3Client } from "@aws-sdk/client-s3";

import type { Environment } from "../../../environments/loading/load.ts";
import { NotConfigured } from "../../../operations/context/credentials.ts";
import { type PlanOptions, planEnvironment } from "../../../operations/review/plan.ts";
import { reportDrift } from "../../../operations/review/drift.ts";
import { reviewedStacks } from "../../../operations/reviewed/fingerprint.ts";
import { stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { anEnvironment, withoutInsights } from "../../support/environments.ts";
import { emptiedGpu, gpuStateOf, withGpu } from "../../support/gpu.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";
import { refusedBy } from "../../support/recorded/digitalocean.ts";
import { aDeployedEnvironment } from "../../support/recorded/environment.ts";
import { type World, effectsOf, hasState, openWorld } from "../../support/recorded/world.ts";
import { deploy } from "./support/changed-world.ts";

const asked = withoutInsights(anEnvironment(withGpu()));
const none = aDeployedEnvironment();

let world: World;

afterEach(() => world.close());

const size = "gpu-4000adax1-20gb";
const name = (number: number) => `mam-production-gpu-worker-${number}`;
const droplet = (number: number) => ({ name: name(number), size, id: `${number}` });

const goes = (number: number) =>
  resourceChange(
    `digitalocean_droplet.gpu_worker_${number}`,
    ["delete"],
    { before: droplet(number) },
    { action_reason: "delete_because_no_resource_config" },
  );

const gone = {
  resource_changes: [
    goes(1),
    goes(2),
    resourceChange("digitalocean_firewall.worker_network_firewall", ["delete"], {
      before: { name: "mam-production-gpu-worker" },
    }),
  ],
};

/** A client of Wasabi that is asked for reports of machines, of which there are none, and may do nothing else. */
const reports = {
  send: ({ input }: { input: { Prefix?: string } }) =>
    input.Prefix === "_workers/"
      ? Promise.resolve({ Contents: [] })
      : Promise.reject(new NotConfigured("no Wasabi is recorded")),
} as unknown as S3Client;

/** Platforms on which everything is deployed, and two machines stand. */
function opened(environment: Environment): World {
  world = openWorld({ environment });
  for (const kind of stackKinds) hasState(world, kind);
  hasState(world, "gpu", gpuStateOf(asked));
  world.platform.answers.listInstanceSizes = () => {
    throw refusedBy(503);
  };
  Object.assign(world.session.clients, { wasabiStorage: () => reports });
  return world;
}

const credentials = {
  DIGITALOCEAN_TOKEN: "t",
  AWS_ACCESS_KEY_ID: "a",
  AWS_SECRET_ACCESS_KEY: "s",
  TF_VAR_wasabi_access_key: "w",
  TF_VAR_wasabi_secret_key: "k",
};

const options: PlanOptions = { all: false, markdown: false, detailedExitcode: true, override: [] };

const plan = (more: Partial<PlanOptions> = {}) => {
  const { session } = world;
  const variables = { ...session.variables, ...credentials };
  return planEnvironment({ ...session, variables }, { ...options, ...more }, world.progress);
};

test("going back to none is planned: the machines, the firewall, and what a month costs less", async () => {
  opened(none);
  world.terraform.plans("production-gpu", gone);
  const { text, exitCode } = await plan();

  expect(text).toContain(`- destroy machine ${name(1)} (digitalocean_droplet.gpu_worker_1)`);
  expect(text).toContain("! it is shut down first: its worker gives back what it was making");
  expect(text).toMatch(/GPU workers +2 × gpu-4000adax1-20gb, \$1,109.60 → absent +-\$1,109.60/);
  expect(text).toContain("\nmachines with a card\n  - remove: 1, 2\n");
  expect(exitCode).toBe(2);
});

test("the review of it says the same, for people and for the deployment", async () => {
  opened(none);
  world.terraform.plans("production-gpu", gone);
  const { text, data } = await plan({ markdown: true });

  expect(text).toContain("production-gpu");
  expect(text).toContain("- remove: 1, 2");
  expect(data).toMatchObject({ machines: { removed: [1, 2] } });
});

test("an environment whose machines are long gone is planned as if there had never been any", async () => {
  opened(none);
  world.bucket.objects.delete("production-gpu.tfstate");
  const never = await plan();
  await world.close();
  opened(none);
  hasState(world, "gpu", emptiedGpu);
  const since = await plan();

  expect(since.text).toBe(never.text);
  expect(since.data).toEqual(never.data);
  expect(world.journal.lines()).not.toContain("terraform plan production-gpu");
});

test("a firewall that somebody opened in the control panel is drift", async () => {
  opened(asked);
  const address = "digitalocean_firewall.worker_network_firewall";
  const closed = { name: "mam-production-gpu-worker", inbound_rule: [] };
  const open = { ...closed, inbound_rule: [{ protocol: "tcp", port_range: "22" }] };
  world.terraform.plans("production-gpu", {
    resource_drift: [resourceChange(address, ["update"], { before: closed, after: open })],
    resource_changes: [resourceChange(address, ["update"], { before: open, after: closed })],
  });
  const variables = { ...world.session.variables, ...credentials };
  const session = { ...world.session, variables };
  const { ok, text } = await reportDrift(session, { issue: false }, world.progress);

  expect(ok).toBe(false);
  expect(text).toContain("firewall mam-production-gpu-worker");
});

test("a deployment removes them once the release runs, and remembers it", async () => {
  opened(none);
  world.terraform.plans("production-gpu", gone);
  const shown: string[] = [];
  const result = await deploy(world, {
    confirm: (text) => {
      shown.push(text);
      return Promise.resolve(true);
    },
  });

  expect(shown.join("")).toContain("- remove: 1, 2");
  expect(effectsOf(world)).toEqual([
    "doctor",
    "terraform plan production-app",
    "terraform plan production-data",
    "terraform plan production-gpu",
    "terraform plan production-storage",
    "ledger: running",
    "waiting for the release to run",
    "terraform plan production-gpu",
    "terraform apply production-gpu",
    "verifying",
    "ledger: succeeded",
  ]);
  expect(result.entry?.stacks.gpu).toMatchObject({ outcome: "applied" });
  expect(result.text).toMatch(/\n {2}gpu +applied\n/);
});

test("what the gate refuses of machines stops the deployment before anything is applied", async () => {
  opened(asked);
  const opening = resourceChange("digitalocean_firewall.worker_network_firewall", ["update"], {
    before: {},
    after: { inbound_rule: [{ protocol: "tcp", port_range: "22" }] },
  });
  world.terraform.plans("production-gpu", { resource_changes: [opening] });
  const result = await deploy(world);

  expect(result).toMatchObject({ ok: false, entry: undefined });
  expect(result.findings).toMatchObject([{ id: "machines-reachable", found: "tcp 22" }]);
  expect(world.journal.lines().filter((line) => line.includes("apply"))).toEqual([]);
});

test("machines that nobody reviewed are not touched, and those that somebody did are", async () => {
  const review = (changes: typeof gone.resource_changes) => ({
    version: 1 as const,
    environment: "production",
    planned: "2026-11-29T00:00:00Z",
    stacks: reviewedStacks([plannedStack("gpu", { resource_changes: changes })], {}),
  });
  opened(none);
  world.terraform.plans("production-gpu", gone);
  const refused = await deploy(world, { reviewed: review([]) });
  expect(refused.ok).toBe(false);
  expect(refused.text).toContain(`machine ${name(1)} (digitalocean_droplet.gpu_worker_1)`);
  expect(world.journal.lines()).not.toContain("terraform apply production-gpu");

  await world.close();
  opened(none);
  world.terraform.plans("production-gpu", gone);
  const accepted = await deploy(world, { reviewed: review(gone.resource_changes) });
  expect(accepted.ok).toBe(true);
});

test("a removal that fails is remembered as failed, and the release runs", async () => {
  opened(none);
  world.terraform.plans("production-gpu", gone);
  world.terraform.fails("production-gpu", "apply", "Error deleting droplet");
  const { ok, entry } = await deploy(world);

  expect(ok).toBe(false);
  expect(entry).toMatchObject({
    result: "failed",
    reason: expect.stringContaining("Error deleting droplet") as unknown,
    stacks: { app: { outcome: "unchanged" }, gpu: { outcome: "failed" } },
  });
});
