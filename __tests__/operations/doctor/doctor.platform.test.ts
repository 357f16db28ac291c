import { type TestPlatform, openDeployedPlatform, openPlatform } from "../../support/platform.ts";
import { type CheckReport, runChecks } from "../../../operations/context/check.ts";
import { renderReport, reportData } from "../../../operations/commands/check-report.ts";
import type { LoggedRequest } from "@mam-infra/cloud/request-log";
import { doctorChecks, doctorGroups } from "../../../operations/doctor/checks.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { runDoctor } from "../../../operations/doctor/doctor.ts";
import { stateBucket } from "../../../operations/platform/state-bucket.ts";
import { breakages } from "./support/breakages.ts";
import { servedByAnother } from "./support/domain.ts";
import { wasabiUser } from "./support/storage.ts";
import { type Broken, undeployed, withConfig } from "./support/breakage.ts";

let platform: TestPlatform;
let production: TestPlatform;
beforeAll(async () => {
  [platform, production] = await Promise.all([openDeployedPlatform(), openPlatform("production")]);
  // Records and certificates of the hosts take up to five minutes of the platform's time.
  await platform.cloud.clock.sleep(300);
});
afterAll(() => Promise.all([platform.end(), production.end()]));

/** What one check comes to. */
async function resultOf(id: string, { session, machine }: Pick<Broken, "session" | "machine">) {
  const context = { ...doctorContext(session), ...(machine ? { machine } : {}) };
  const checks = doctorChecks.filter((check) => check.id === id);
  return (await runChecks(checks, context)).results[0];
}

/** Why checks were skipped, by id. */
function skippedChecks({ results }: CheckReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    results.flatMap(({ id, reason }) => (reason === undefined ? [] : [[id, reason] as const])),
  );
}

test("every check has a breakage that it notices", () => {
  const ids = new Set(breakages.map(({ id }) => id));

  expect(doctorChecks.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
});

test.each(breakages.map((breakage) => [breakage.id, breakage.name, breakage] as const))(
  "%s notices %s, and nothing once it is mended",
  async (id, _, { breaks, finds }) => {
    const broken = await breaks(platform);
    const result = await resultOf(id, broken).finally(broken.mend);
    const mended = await resultOf(id, { session: platform.session() });

    expect(result).toMatchObject({ id, outcome: "failed" });
    expect(result!.findings).toHaveLength(finds.length);
    expect(result!.findings).toEqual(
      expect.arrayContaining(
        finds.map((finding): unknown => expect.objectContaining({ id, ...finding })),
      ),
    );
    expect(mended!.findings).toEqual([]);
  },
);

test("a platform that is deployed and well has nothing against it", async () => {
  const report = await runDoctor(platform.session());

  expect(report).toMatchObject({ ok: true, findings: [] });
  expect(skippedChecks(report)).toEqual({
    "provider-versions": expect.stringContaining("no stack was initialised here yet"),
  });
});

test("the record of another app's live site is none to delete", async () => {
  const host = "live.staging.northlight.example";
  const mend = servedByAnother(platform, host);
  const session = withConfig(platform.session(), ({ domain }) => {
    domain.appHost = host;
  });
  const result = await resultOf("leftover-records", { session }).finally(mend);

  expect(result).toMatchObject({ outcome: "passed" });
});

test("images without service levels are no finding where the environment says that they have none", async () => {
  const disabledReason = "Accepted until our own images have service levels.";
  const session = withConfig(platform.session(), ({ monitoring }) => {
    Object.assign(monitoring.objectives, { enabled: false, disabledReason });
  });

  expect(await resultOf("service-levels", { session })).toMatchObject({
    outcome: "skipped",
    reason: `service levels are switched off: ${disabledReason}`,
  });
});

test("accounts in which nothing was deployed yet are ready for production", async () => {
  const report = await runDoctor(production.session());

  expect(report).toMatchObject({ ok: true, findings: [] });
  expect(Object.keys(skippedChecks(report))).toEqual([
    "provider-versions",
    "alert-recipients",
    "service-levels",
    "zone-delegation",
    "host-records",
    "leftover-records",
    "certificate-authorities",
  ]);
});

test("nothing is left behind on a platform, and nothing is asked that it does not have", async () => {
  const { spaces, wasabi, digitalOcean } = platform.cloud;
  const standing = () =>
    JSON.stringify([
      [...spaces.store.buckets.values()].map(({ objects }) => [...objects.keys()]),
      [...wasabi.store.buckets.keys()],
      [...wasabi.account.users.keys()],
      digitalOcean.store.apps.map(({ deployments }) => deployments.length),
    ]);
  const before = standing();

  await runDoctor(platform.session());

  expect(standing()).toBe(before);
  expect(platform.cloud.findings()).toEqual([]);
});

/** A request as the platform's action, or its method, with the path and the status; a name of chance left out. */
const requestText = ({ platform: name, action, method, path, status }: LoggedRequest) =>
  `${name} ${action ?? method} ${path.replace(/(mam-doctor-)[0-9a-f]+/, "$1…")} ${status}`;

/** The id that nothing has. */
const nothing = "00000000-0000-0000-0000-000000000000";

const reads = /^(digitalocean GET |(wasabi|spaces) (s3|iam|sts):(Get|List|Head))/;

test.each([
  ["a platform that is deployed", () => platform],
  ["accounts in which nothing stands", () => production],
])(
  "every request to %s reads, but for the lock that is tried and changes of what does not exist",
  async (_, opened) => {
    const { cloud } = opened();
    const session = opened().session();
    const before = cloud.requestLog.entries().length;
    await runDoctor(session);
    const asked = cloud.requestLog.entries().slice(before).map(requestText);
    const writes = new Set(asked.filter((text) => !reads.test(text)));
    const probe = `/${stateBucket(session)}/mam-doctor-….tflock`;

    expect(asked.length).toBeGreaterThan(30);
    expect([...writes].sort()).toEqual([
      `digitalocean DELETE /v2/insights/alert-rules/${nothing} 404`,
      `digitalocean PATCH /v2/projects/${nothing} 404`,
      `digitalocean POST /v2/apps/${nothing}/deployments 404`,
      `digitalocean PUT /v2/databases/${nothing}/maintenance 404`,
      "digitalocean PUT /v2/domains/nothing.invalid/records/1 404",
      `digitalocean PUT /v2/insights/dashboards/${nothing} 404`,
      `digitalocean PUT /v2/monitoring/alerts/${nothing} 404`,
      `digitalocean PUT /v2/uptime/checks/${nothing} 404`,
      `digitalocean PUT /v2/vpcs/${nothing} 404`,
      `spaces s3:DeleteObject ${probe} 204`,
      `spaces s3:PutObject ${probe} 200`,
      `spaces s3:PutObject ${probe} 412`,
    ]);
  },
);

test("whether a user who may not read its own policies may create is skipped, and said", async () => {
  const session = wasabiUser(platform, "silent", ["s3:*", "iam:ListUsers", "iam:CreateUser"]);

  expect(await resultOf("wasabi-rights", { session })).toMatchObject({
    outcome: "skipped",
    reason:
      "iam:CreateUser and s3:CreateBucket: trying would be creating, and the policies written into the user silent cannot be read: AccessDenied; a user with the policy of docs/deployer-access.md may read what it may",
  });
});

test("the account's root needs no policy", async () => {
  const { accessKeyId, secretAccessKey } = platform.cloud.credentials.wasabiRoot;
  const session = platform.session({
    TF_VAR_wasabi_access_key: accessKeyId,
    TF_VAR_wasabi_secret_key: secretAccessKey,
  });

  expect(await resultOf("wasabi-rights", { session })).toMatchObject({ outcome: "passed" });
});

test.each([
  [
    "DIGITALOCEAN_TOKEN",
    "digitalocean-token",
    ["digitalocean-scopes", "app-region", "app-unpinned"],
  ],
  ["AWS_SECRET_ACCESS_KEY", "state-bucket", ["state-versioning", "state-lock", "state-unlocked"]],
  ["TF_VAR_wasabi_access_key", "wasabi-keys", ["wasabi-rights", "wasabi-buckets"]],
])(
  "without %s only %s fails; what needs it is skipped, and all else is",
  async (variable, id, needing) => {
    const { ok, findings, results } = await runDoctor(platform.session({ [variable]: undefined }));
    const held = results.filter(({ outcome }) => outcome === "passed");

    expect(ok).toBe(false);
    expect(findings.map((finding) => finding.id)).toEqual([id]);
    for (const dependent of needing) {
      expect(results).toContainEqual(
        expect.objectContaining({
          id: dependent,
          outcome: "skipped",
          reason: `${variable} is missing`,
        }),
      );
    }
    expect(held.length).toBeGreaterThan(10);
  },
);

test("where HCP Terraform executes, it has the variables, and nothing needs the key of a bucket", async () => {
  const session = withConfig(
    platform.session({ AWS_ACCESS_KEY_ID: undefined, TF_VAR_jwt_secret_a: "" }),
    ({ state }) => {
      state.backend = {
        kind: "hcp",
        organization: "northlight",
        workspacePrefix: "mam-",
        project: "mam",
        execution: "remote",
        plan: "free",
      };
    },
  );
  const report = await runDoctor(session);

  expect(report.findings.map(({ id, resource }) => `${id} ${resource}`)).toEqual([
    "state-bucket TF_TOKEN_app_terraform_io",
  ]);
  expect(skippedChecks(report)).toMatchObject({
    "secrets-available": "HCP Terraform's workspaces have the variables",
    "state-lock": "HCP Terraform keeps the states, their versions and their locks",
    "state-unlocked": "TF_TOKEN_app_terraform_io is missing",
  });
});

test("a token that is refused fails once, and is the reason why the rest is skipped", async () => {
  const report = await runDoctor(platform.session({ DIGITALOCEAN_TOKEN: "dop_v1_gone" }));

  expect(report.findings.map(({ id }) => id)).toEqual(["digitalocean-token"]);
  expect(skippedChecks(report)["app-unpinned"]).toBe(
    "the DigitalOcean token is refused for GET /v2/apps",
  );
});

test("a platform that does not answer is a finding, and the others are examined all the same", async () => {
  platform.cloud.faults.add({ platform: "wasabi", kind: "down" });
  const { findings, results } = await runDoctor(platform.session()).finally(() => {
    platform.cloud.faults.clear();
  });

  expect(findings.map(({ id }) => id)).toEqual([
    "wasabi-keys",
    "wasabi-rights",
    "wasabi-buckets",
    "wasabi-leftovers",
  ]);
  expect(findings[0]).toMatchObject({ expected: "an answer" });
  expect(results.find(({ id }) => id === "app-unpinned")).toMatchObject({ outcome: "passed" });
});

test("what is bought stays, whether it is still sold or not", async () => {
  const { withdrawn } = platform.cloud.digitalOcean.store;
  withdrawn.push("nyc", "nyc1", "db-s-1vcpu-2gb", "db-s-1vcpu-1gb", "pg 17");
  const { findings } = await runDoctor(platform.session()).finally(() => withdrawn.splice(0));

  expect(findings).toEqual([]);
});

test("no report contains a secret, whatever is wrong", async () => {
  const { cloud, variables } = platform;
  const session = platform.session({ TF_VAR_jwt_secret_a: "hunter2hunter2" });
  const reports = [await runDoctor(session), await runDoctor(undeployed(session))];
  const secrets = [
    "hunter2hunter2",
    cloud.credentials.digitalOceanToken,
    cloud.credentials.wasabi.secretAccessKey,
    cloud.credentials.spaces.secretAccessKey,
    ...Object.entries(variables).flatMap(([name, value]) =>
      name.startsWith("TF_VAR_") && name !== "TF_VAR_wasabi_access_key" && value ? [value] : [],
    ),
  ];
  const subject = { environment: "staging", groups: doctorGroups, next: { ok: "", failed: "" } };
  const texts = reports.flatMap((report) => [
    renderReport(subject, report),
    JSON.stringify(reportData(subject, report)),
  ]);

  expect(reports.map(({ ok }) => ok)).toEqual([false, false]);
  expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
});
