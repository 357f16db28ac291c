import { silent } from "../../support/deploying.ts";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { NotConfigured } from "../../../operations/context/credentials.ts";
import type { Session } from "../../../operations/context/session.ts";
import { datedReckoning, estimate } from "../../../operations/cost/estimate.ts";
import type { CostLine } from "../../../operations/cost/line.ts";
import { costOfPlans } from "../../../operations/cost/planned.ts";
import { linesOfPlan } from "../../../operations/cost/standing.ts";
import { gateContext } from "../../../operations/gate/context.ts";
import { judge } from "../../../operations/gate/gate.ts";
import { renderJudgement } from "../../../operations/gate/text.ts";
import { explainPlan } from "../../../operations/plan/explanation.ts";
import { renderMarkdown } from "../../../operations/review/markdown.ts";
import { whyNotYet } from "../../../operations/plan/not-yet.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { type PlannedStack, planStacks } from "../../../operations/plan/plan-stacks.ts";
import { renderPlan } from "../../../operations/plan/text.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { runTerraform } from "../../../operations/terraform/process.ts";
import { prepare } from "../../../operations/terraform/stack.ts";
import { terraformRuntime } from "../../../operations/terraform/runtime.ts";
import {
  type SynthesizedStack,
  synthesiseStacks,
} from "../../../operations/terraform/synthesis.ts";
import { runDoctor } from "../../../operations/doctor/doctor.ts";
import { type TestPlatform, openDeployedPlatform, openPlatform } from "../../support/platform.ts";
import type { TerraformJson } from "../../support/stacks.ts";

type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T;
type Block = Record<string, unknown>;

const options = { all: false, markdown: false, detailedExitcode: true, override: [] };

let platform: TestPlatform;
let session: Session;

beforeAll(async () => {
  platform = await openDeployedPlatform("staging");
  await sealEnvironment(platform.session(), silent);
  session = platform.session();
}, 60_000);

afterAll(() => platform.end());

/** Changes what a stack says, as a change of the code would. */
function edit(
  stack: SynthesizedStack,
  change: (draft: Draft<TerraformJson>) => unknown,
): SynthesizedStack {
  const file = join(stack.directory, "cdk.tf.json");
  const draft = JSON.parse(readFileSync(file, "utf8")) as Draft<TerraformJson>;
  change(draft);
  writeFileSync(file, JSON.stringify(draft));
  return stack;
}

const findingsOf = async (planned: readonly PlannedStack[]) => {
  const context = gateContext(session, { planned, doctor: undefined });
  const { findings } = await judge({ ...context, unattended: true }, []);
  return findings.map(({ id, resource, found }) => `${id}: ${resource}: ${found}`);
};

const found = async (...stacks: readonly SynthesizedStack[]) =>
  findingsOf(await planStacks(session, stacks, silent));

test("a platform that was deployed and sealed has no changes, with exit code 0", async () => {
  const outcome = await planEnvironment(session, options, silent);

  expect(outcome).toMatchObject({
    ok: true,
    text: expect.stringMatching(/^staging: no changes\.\n/),
  });
  expect(outcome.exitCode).toBeUndefined();
});

test("what stands costs what its files are reckoned to cost, line by line", async () => {
  const { app, ...others } = await synthesiseStacks(session);
  // A plan in which nothing differs is not read back.
  edit(app, ({ resource }) => {
    const spec = resource.digitalocean_app!.app!.spec as Block;
    spec.disable_email_obfuscation = false;
  });
  const stacks = [app, ...Object.values(others)];
  const planned = await planStacks(session, stacks, silent, { readDrift: true });
  const changes = planned.flatMap(({ saved }) => saved.plan.resource_changes);
  const { config } = session.environment;
  const elsewhere = ["State", "Elsewhere"];
  const reckoned = estimate(config).lines.filter(
    ({ part, resource }) => !elsewhere.includes(part) && resource !== "Insights",
  );

  const byName = (lines: readonly CostLine[]) => lines.map((line) => JSON.stringify(line)).sort();

  expect(byName(linesOfPlan(config, changes, "before", datedReckoning))).toEqual(byName(reckoned));
  expect(costOfPlans(config, planned)).toBeUndefined();
});

test.each<
  [what: string, changed: Record<string, string | undefined>, override: string[], message: RegExp]
>([
  [
    "a credential is missing",
    { DIGITALOCEAN_TOKEN: undefined },
    [],
    /DIGITALOCEAN_TOKEN is missing/,
  ],
  ["an override names no rule", {}, ["nothing=because"], /there is no rule nothing/],
])("nothing is planned when %s", async (_, changed, override, message) => {
  const planning = planEnvironment(platform.session(changed), { ...options, override }, silent);

  await expect(planning).rejects.toThrow(NotConfigured);
  await expect(planning).rejects.toThrow(message);
});

test("the gate refuses what opens, weakens or loses storage and databases", async () => {
  const { storage, data } = await synthesiseStacks(session);
  const statement = {
    Sid: "Open",
    Effect: "Allow",
    Principal: "*",
    Action: ["s3:GetObject"],
    Resource: ["*"],
  };
  const weaken = (block: Block, change: (statements: Block[]) => unknown) => {
    const policy = JSON.parse(String(block.policy)) as { Statement: Block[] };
    change(policy.Statement);
    block.policy = JSON.stringify(policy);
  };
  edit(storage, ({ resource }) => {
    const { aws_s3_bucket: buckets, aws_s3_bucket_policy: policies } = resource;
    const { aws_iam_user_policy: userPolicies } = resource;
    (buckets!.masters as Block).versioning = { enabled: false };
    weaken(policies!.access_staging as Block, (statements) => statements.splice(0, 1, statement));
    weaken(userPolicies!.service_uploader_policy as Block, ([grant]) => {
      grant!.Action = ["s3:*"];
    });
    Reflect.deleteProperty(buckets!, "backups");
    Reflect.deleteProperty(policies!, "access_backups");
  });
  edit(data, ({ resource }) => {
    const { digitalocean_database_firewall: firewalls } = resource;
    (firewalls!.postgres_firewall as Block).rule = [{ type: "ip_addr", value: "0.0.0.0/0" }];
    Reflect.deleteProperty(firewalls!, "valkey_firewall");
    (resource.digitalocean_database_valkey_config!.valkey_settings as Block).depends_on = [];
  });

  expect((await found(storage, data)).sort()).toEqual([
    "bucket-protection: bucket northlight-mam-staging-masters (aws_s3_bucket.masters): switched off",
    "database-firewall: database firewall (digitalocean_database_firewall.postgres_firewall): ip_addr 0.0.0.0/0",
    "database-firewall: database firewall (digitalocean_database_firewall.valkey_firewall): destroyed: the cluster loses its trusted sources: it is open to the internet",
    "public-bucket: policy of bucket northlight-mam-staging-staging (aws_s3_bucket_policy.access_staging): Open allows everybody s3:GetObject",
    "stateful: bucket northlight-mam-staging-backups (aws_s3_bucket.backups): destroyed: the bucket is deleted with every object in it; it holds the dumps of the database",
    "weaker-policy: policy of bucket northlight-mam-staging-backups (aws_s3_bucket_policy.access_backups): destroyed: nothing is refused by it any more",
    "weaker-policy: policy of bucket northlight-mam-staging-staging (aws_s3_bucket_policy.access_staging): DenyPlainHttp is refused no more, or less of it",
    "weaker-policy: policy of bucket northlight-mam-staging-staging (aws_s3_bucket_policy.access_staging): Open allows more: s3:GetObject",
    "weaker-policy: storage policy of mam-staging-uploader (aws_iam_user_policy.service_uploader_policy): AllowStaging allows more: s3:*",
  ]);
});

test("another Terraform than the pinned one is named once, with what to do about it", async () => {
  const stacks = Object.values(await synthesiseStacks(session)).map((stack) =>
    edit(stack, ({ terraform }) => (terraform.required_version = "9.9.9")),
  );
  const planning = planStacks(session, stacks, silent);

  await expect(planning).rejects.toThrow(NotConfigured);
  await expect(planning).rejects.toThrow(
    /^terraform: expected >=1\.11\.4 <1\.16\.0, found 1\.11\.4\n {2}fix: install Terraform 1\.11\.4 and put it first on PATH[^\n]*$/,
  );
});

test("Terraform's program is the one that is named as for CDKTF", async () => {
  const directory = mkdtempSync(join(tmpdir(), "mam-program-"));
  const real = (process.env.PATH ?? "").split(":").map((path) => join(path, "terraform"));
  symlinkSync(real.find(existsSync) ?? "", join(directory, "terraform-pinned"));
  const named = platform.session({
    PATH: "/usr/bin:/bin",
    TERRAFORM_BINARY_NAME: "terraform-gone",
  });
  const missing = planEnvironment(named, options, silent);
  await expect(missing).rejects.toThrow(
    "terraform-gone: expected >=1.11.4 <1.16.0, found none on PATH",
  );

  const TERRAFORM_BINARY_NAME = join(directory, "terraform-pinned");
  const pinned = platform.session({ PATH: "/usr/bin:/bin", TERRAFORM_BINARY_NAME });
  expect(await planEnvironment(pinned, options, silent)).toMatchObject({ ok: true });
  rmSync(directory, { recursive: true });
});

test("the gate refuses to replace a tainted app", async () => {
  const { app } = await synthesiseStacks(session);
  const runtime = terraformRuntime(session, app);
  await prepare(app, runtime);
  const terraform = (command: string) =>
    runTerraform(runtime, [command, "digitalocean_app.app"], app);
  edit(app, ({ resource }) => {
    (resource.digitalocean_app!.app as Block).lifecycle = {};
  });
  await terraform("taint");

  expect(await found(app)).toEqual([
    "app-tainted: app mam-staging (digitalocean_app.app): replaced, because it is tainted",
  ]);

  await terraform("untaint");
});

test("the gate refuses what the doctor is red about", async () => {
  const doctor = await runDoctor(
    platform.session({ DIGITALOCEAN_TOKEN: "revoked-token-of-somebody" }),
  );
  const context = gateContext(session, { planned: [], doctor });
  const { ok, findings } = await judge({ ...context, unattended: true }, []);

  expect(ok).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({ id: "red-doctor", found: expect.stringContaining("401") }),
  );
});

describe("a control panel and a rotation", () => {
  const fresh = Object.fromEntries(
    ["jwt_secret_a", "edge_signing_key_a"].map((name) => [
      `TF_VAR_${name}`,
      `${randomBytes(24).toString("base64")}&=`,
    ]),
  );
  let planned: readonly PlannedStack[];

  beforeAll(async () => {
    const api = session.clients.digitalOcean();
    const [standing] = platform.cloud.digitalOcean.store.apps;
    const { app } = await api.call("getApp", { app_id: standing!.id });
    const spec = structuredClone(app.spec);
    const component = spec.services!.find(({ name }) => name === "api")!;
    component.instance_count = 3;
    component.envs!.find(({ key }) => key === "LOG_LEVEL")!.value = "warn";
    component.envs!.push({
      key: "HANDMADE",
      value: "typed-by-hand",
      scope: "RUN_TIME",
      type: "GENERAL",
    });
    const body = { spec, update_all_source_versions: false };
    await api.call("updateApp", { app_id: app.id }, { body });
    await platform.cloud.clock.sleep(1800);
    const rotated = platform.session(fresh);
    planned = await planStacks(rotated, [(await synthesiseStacks(rotated)).app], silent);
  });

  test("are told apart, each with its components and with what keeps it", () => {
    const text = renderPlan(explainPlan(session.environment, planned), { all: false });

    expect(text).toContain(`
  api   instances 3 → 2; secrets with another value: EDGE_SIGNING_KEY_A, JWT_SECRET_A; variables that go: HANDMADE; changed variables: LOG_LEVEL
  edge  secrets with another value: EDGE_SIGNING_KEY_A
  unchanged in it: frontend, worker, backup, migrate
  the job migrate runs before it: npm run migrate
`);
    expect(text).toContain(`
  app mam-staging  spec.service[api].instance_count: 2 → 3
      to keep it  environments/staging.ts: services: { api: { instances: { count: 3 } } }
`);
    expect(text).toContain(`
the cost of a month changes: -$12.00
  api  3 × apps-s-1vcpu-1gb, $36.00 → 2 × apps-s-1vcpu-1gb, $24.00  -$12.00
`);
    expect(text).toContain('to keep it  environments/staging.ts: logs: { level: "warn" }');
    expect(text).toContain("spec.service[api].env[HANDMADE]: absent → present\n");
  });

  test("show no secret in text, Markdown or JSON, in whatever spelling", async () => {
    const explanation = explainPlan(session.environment, planned);
    const context = gateContext(session, { planned, doctor: undefined });
    const judgement = await judge({ ...context, unattended: true }, []);
    const shown = [
      renderPlan(explanation, { all: true }),
      renderMarkdown(explanation, { all: true, judgement }),
      renderJudgement(judgement),
      JSON.stringify({ explanation, judgement }),
    ].join("");
    const read = JSON.stringify(planned.map(({ saved }) => saved.plan));

    // The plan itself has them, so that this cannot pass by looking at nothing.
    expect(read).toContain(fresh.TF_VAR_jwt_secret_a);
    expect(read).toContain("typed-by-hand");
    expect(knownSecrets(fresh).filter((secret) => shown.includes(secret))).toEqual([]);
  });

  test("are refused by the gate in CI, where secrets would be sent in clear", async () => {
    expect(await findingsOf(planned)).toEqual([
      "unsealed-secret: EDGE_SIGNING_KEY_A, JWT_SECRET_A of api, app mam-staging (digitalocean_app.app): plaintext",
      "unsealed-secret: EDGE_SIGNING_KEY_A of edge, app mam-staging (digitalocean_app.app): plaintext",
    ]);
  });
});

/** Every secret that the plans hold, as it may stand in a text. */
function knownSecrets(fresh: Readonly<Record<string, string>>): string[] {
  const supplied = Object.entries({ ...session.variables, ...fresh })
    .filter(([name]) => /^TF_VAR_|TOKEN|SECRET|ACCESS_KEY/.test(name))
    .map(([, value]) => value ?? "");
  const running = ["api", "edge", "worker"].flatMap((component) =>
    [...platform.cloud.digitalOcean.environmentOf("mam-staging", component)]
      .filter(([name]) => /SECRET$|SECRET_[AB]$|SIGNING_KEY_[AB]$|HANDMADE/.test(name))
      .map(([, value]) => value),
  );
  const values = [...supplied, ...running];
  expect(values.length).toBeGreaterThan(20);
  expect(values.filter((value) => value.length < 8)).toEqual([]);
  return values.flatMap((value) => [
    value,
    Buffer.from(value).toString("base64").replace(/=+$/, ""),
    encodeURIComponent(value),
  ]);
}

test("before storage and data were ever deployed, the app is left for later", async () => {
  const empty = await openPlatform("staging");
  const fresh = empty.session();
  const { app } = await synthesiseStacks(fresh);
  const reasons: unknown[] = [];
  const planned = await planStacks(fresh, [app], silent, {
    excuse: async (_, failure) => {
      const reason = await whyNotYet(fresh, failure);
      reasons.push(reason);
      return reason;
    },
  });
  await empty.end();

  expect(planned).toEqual([]);
  expect(reasons).toEqual(["storage and data come first"]);
});
