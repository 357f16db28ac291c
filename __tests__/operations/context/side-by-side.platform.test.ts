import { confirmed, silent } from "../../support/deploying.ts";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PutObjectCommand } from "@aws-sdk/client-s3";

import { plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { planStacks } from "../../../operations/plan/plan-stacks.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

// One environment's life, from nothing on: each test begins where the one before it ended.

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openPlatform();
  await deployEnvironment(platform.session(), confirmed, silent);
}, 120_000);

afterAll(() => platform.end());

/** A session of somebody who moved the maintenance window of PostgreSQL. */
function withMaintenanceAt(hour: string): Session {
  const session = platform.session();
  const { environment } = session;
  const { database } = environment.config;
  const maintenance = { ...database.maintenance, hour };
  const config = { ...environment.config, database: { ...database, maintenance } };
  return { ...session, environment: { ...environment, config } };
}

const postgres = () =>
  platform.cloud.digitalOcean.store.databases.find(({ engine }) => engine === "pg")!;

const openRules = () =>
  platform.cloud.digitalOcean.store.databases.flatMap(({ rules }) =>
    rules.filter(({ value }) => value === "0.0.0.0/0"),
  );

/** Opens the firewalls in the data stack's Terraform JSON. */
function open(file: string): void {
  const stack = JSON.parse(readFileSync(file, "utf8")) as {
    resource: { digitalocean_database_firewall: Record<string, { rule: unknown }> };
  };
  for (const firewall of Object.values(stack.resource.digitalocean_database_firewall)) {
    firewall.rule = [{ type: "ip_addr", value: "0.0.0.0/0" }];
  }
  writeFileSync(file, JSON.stringify(stack));
}

test("what was shown is applied, whatever is planned and synthesised beside it before the answer", async () => {
  const confirm = async () => {
    const beside = platform.session();
    const { data } = await synthesiseStacks(beside);
    open(join(data.directory, "cdk.tf.json"));
    open(join(platform.workspace.outdir, "stacks/staging-data/cdk.tf.json"));
    const [planned] = await planStacks(beside, [data], silent);
    // The other one is a plan that would open them, so that this cannot pass by planning nothing.
    expect(JSON.stringify(planned?.saved.plan)).toContain("0.0.0.0/0");
    return true;
  };
  const session = withMaintenanceAt("04:00");
  const result = await deployEnvironment(session, { ...confirmed, confirm }, silent);

  expect(result.ok).toBe(true);
  expect(postgres().maintenance_window.hour).toMatch(/^04:00/);
  expect(openRules()).toEqual([]);
}, 60_000);

test("a saved plan that is not the one that was shown is refused, and nothing of it is applied", async () => {
  const session = withMaintenanceAt("05:00");
  const confirm = async () => {
    const { data } = await synthesiseStacks(session);
    const plan = readFileSync(join(data.directory, "plan"));
    writeFileSync(join(data.directory, "plan"), Buffer.concat([plan, Buffer.from("!")]));
    return true;
  };
  const result = await deployEnvironment(session, { ...confirmed, confirm }, silent);

  expect(result.ok).toBe(false);
  expect(result.text).toContain("the saved plan of staging-data is not the one that was shown");
  expect(postgres().maintenance_window.hour).toMatch(/^04:00/);
}, 60_000);

test("a plan is made beside a deployment that holds the locks, and leaves them alone", async () => {
  const { backend } = platform.session().environment.config.state;
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const keys = ["storage", "data", "app"].map((part) => `staging-${part}.tfstate.tflock`);
  const Body = JSON.stringify({ ID: "1", Operation: "OperationTypeApply", Who: "bob@build-3" });
  const spaces = platform.session().clients.spaces();
  await Promise.all(keys.map((Key) => spaces.send(new PutObjectCommand({ Bucket, Key, Body }))));
  const mark = platform.cloud.requestLog.entries().length;
  const planning = { all: false, markdown: false, detailedExitcode: true, override: [] };
  const outcome = await planEnvironment(platform.session(), planning, silent);
  const asked = platform.cloud.requestLog.entries().slice(mark);
  platform.cloud.spaces.store.buckets.get(Bucket)?.objects.forEach((_, key, objects) => {
    if (key.endsWith(".tflock")) objects.delete(key);
  });

  expect(outcome).toMatchObject({ ok: true });
  expect(asked.filter(({ path }) => path.includes(".tflock"))).toEqual([]);
}, 60_000);

test("a deployment waits for a plan that holds a lock, says whose it is, and goes on", async () => {
  const { backend } = platform.session().environment.config.state;
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const Key = "staging-data.tfstate.tflock";
  const Body = JSON.stringify({ ID: "1", Operation: "OperationTypePlan", Who: "eve@review" });
  const said: string[] = [];
  const progress = plainProgress((text) => {
    said.push(text);
    if (!text.startsWith("waiting for a plan")) return;
    platform.cloud.spaces.store.buckets.get(Bucket)?.objects.delete(Key);
  });
  await platform.session().clients.spaces().send(new PutObjectCommand({ Bucket, Key, Body }));
  const result = await deployEnvironment(platform.session(), confirmed, progress);

  expect(result.ok).toBe(true);
  expect(said).toContain("waiting for a plan of eve@review, which holds a lock");
}, 120_000);

test("of two rotations at once the second waits for the first, by name, and both end well", async () => {
  const rotate = () => platform.context.mam.run("secrets rotate", "edge-signing-key", "--yes");
  const [one, other] = await Promise.all([rotate(), rotate()]);

  expect([one.exitCode, other.exitCode]).toEqual([0, 0]);
  expect(one.output + other.output).toMatch(
    /waiting for mam secrets rotate staging edge-signing-key --yes \(process \d+ on /,
  );
}, 120_000);

test("nothing of a command is left, and nobody else may look at what is kept", async () => {
  const { runs } = platform.workspace;
  await platform.context.mam.run("plan");
  const entries = readdirSync(runs, { recursive: true, withFileTypes: true });
  const readable = entries.filter(
    ({ parentPath, name }) => (statSync(join(parentPath, name)).mode & 0o077) !== 0,
  );

  const own = readdirSync(join(runs, "runs")).filter((name) => !name.includes(`-${process.pid}-`));
  expect(own).toEqual([]);
  expect(existsSync(join(runs, "ready"))).toBe(true);
  expect((statSync(runs).mode & 0o077).toString(8)).toBe("0");
  expect(readable.map(({ name }) => name)).toEqual([]);
}, 60_000);
