import { confirmed as confirmedAsShown, silent } from "../../support/deploying.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import type { Session } from "../../../operations/context/session.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import type { DeploymentOptions, DeploymentResult } from "../../../operations/deploy/deployment.ts";
import { doctorChecks } from "../../../operations/doctor/checks.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { runChecks } from "../../../operations/context/check.ts";
import { runVerify } from "../../../operations/verify/verify.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";
import { type Shell, openShell } from "../../support/shell.ts";
import { withConfig } from "../doctor/support/breakage.ts";
import { worldOf } from "../verify/support/world.ts";

// One environment's life: each test begins where the one before it ended.

let platform: TestPlatform;
let shell: Shell;
const zone = "staging.northlight.example";

beforeAll(async () => {
  platform = await openPlatform();
  shell = openShell(platform);
  await deploy(platform.session());
});

afterAll(async () => {
  const { cloud, providers } = platform;
  const findings = [...cloud.findings(), ...providers.findings()];
  shell.end();
  await platform.end();
  expect(findings).toEqual([]);
});

/** Deploys, and keeps what a person was asked to confirm. */
async function deploy(
  session: Session,
  changed: Partial<DeploymentOptions> = {},
): Promise<DeploymentResult & { readonly confirmed: string }> {
  const said: string[] = [];
  const options: DeploymentOptions = {
    ...confirmedAsShown,
    confirm: (text) => Promise.resolve(said.push(text) > 0),
    ...changed,
  };
  const result = await deployEnvironment(session, options, silent);
  return { ...result, confirmed: said.join("") };
}

/** What one check of the doctor finds. */
async function found(id: string, session: Session = platform.session()) {
  const checks = doctorChecks.filter((check) => check.id === id);
  return (await runChecks(checks, doctorContext(session))).findings;
}

const deployments = () => worldOf(platform).app.deployments.length;

test("with all as it should be, what stands is asked once, and no plan of storage or data is made", async () => {
  const mark = platform.cloud.requestLog.entries().length;
  const { ok, entry } = await deploy(platform.session());
  const asked = platform.cloud.requestLog.entries().slice(mark);
  const policies = asked.filter(({ query }) => /(^|\?)policy/.test(query));

  expect(ok).toBe(true);
  expect(entry?.stacks).toMatchObject({
    storage: { outcome: "not planned" },
    data: { outcome: "not planned" },
  });
  expect(policies).toHaveLength(4);
  expect(asked.filter(({ path }) => /databases\/[^/]+\/firewall/.test(path))).toHaveLength(2);
});

test("a release goes on while Wasabi does not say what stands, and says so", async () => {
  const told: string[] = [];
  platform.cloud.faults.add({ platform: "wasabi", kind: "down" });
  await deployEnvironment(
    platform.session(),
    {
      ...confirmedAsShown,
      confirm: () => Promise.resolve(false),
      overrides: [{ rule: "red-doctor", reason: "Wasabi is down" }],
    },
    plainProgress((line) => told.push(line)),
  ).finally(() => {
    platform.cloud.faults.clear();
  });

  expect(told.join("\n")).toContain("storage could not be looked at, and is left out");
  expect(told.join("\n")).not.toContain("planning staging-storage");
});

test("a password that was reset makes a deployment, which is confirmed, and is known afterwards", async () => {
  const before = deployments();
  const { postgres } = worldOf(platform);
  postgres.users.find(({ name }) => name === "mam_app")!.password = "reset-by-hand";
  const broken = await runVerify(platform.session());
  const { ok, confirmed } = await deploy(platform.session());

  expect(broken.findings.map(({ id }) => id)).toEqual(["database-passwords"]);
  expect(ok).toBe(true);
  expect(confirmed).toContain("the password of mam_app of PostgreSQL is newer than its deployment");
  expect(deployments()).toBe(before + 1);
  expect(
    platform.cloud.digitalOcean.environmentOf("mam-staging", "api").get("POSTGRES_URL"),
  ).toContain("reset-by-hand");
  expect((await runVerify(platform.session())).findings).toEqual([]);
});

test("autoscaling that is switched on later adds an alert, which goes to the configured recipients", async () => {
  const scaled = withConfig(platform.session(), ({ services }) => {
    services.edge.size = "apps-d-1vcpu-1gb";
    services.edge.instances = { autoscaling: { minimum: 2, maximum: 4, cpuPercent: 70 } };
  });
  const { ok, text } = await deploy(scaled);
  const { app } = worldOf(platform);

  expect([ok, text]).toEqual([true, expect.stringContaining("runs, and is verified")]);
  expect(app.alerts.map(({ spec, emails }) => [spec.rule, emails])).toContainEqual([
    "AUTOSCALE_FAILED",
    ["on-call@northlight.example"],
  ]);
  await deploy(platform.session());
});

test("while the maintenance page is shown the plan puts the uptime checks to sleep, and nothing is red", async () => {
  const maintained = withConfig(platform.session(), ({ services }) => {
    services.maintenancePage.enabled = true;
  });
  const on = await deploy(maintained);

  expect(on.confirmed).toMatch(/uptime check mam-staging-api[^]*enabled {2}true → false/);
  expect([on.ok, on.findings]).toEqual([true, []]);
  const enabled = () => new Set(worldOf(platform).store.uptimeChecks.map((check) => check.enabled));
  expect(worldOf(platform).store.uptimeChecks).toHaveLength(6);
  expect(enabled()).toEqual(new Set([false]));

  const off = await deploy(platform.session());
  expect([off.ok, off.findings]).toEqual([true, []]);
  expect(enabled()).toEqual(new Set([true]));
});

test("a zone that was deleted and made again: doctor and verify have the line of each record that is gone", async () => {
  const { api } = platform.context;
  await api.call("deleteDomain", { domain: zone });
  await api.call("createDomain", {}, { body: { name: zone } });
  const refused = await deploy(platform.session());
  const lines = (await found("host-records")).map(({ fix }) => fix.replaceAll("`", ""));

  expect(refused.ok).toBe(false);
  expect(lines).toEqual([
    expect.stringMatching(/--record-type CNAME --record-name mam --record-data mam-staging-.*\. /),
    expect.stringMatching(/--record-type CNAME --record-name media --record-data mam-staging-/),
  ]);
  for (const line of lines) await shell.type(line);
  const { ok, findings } = await deploy(platform.session());

  expect([ok, findings]).toEqual([true, []]);
  expect(await found("host-records")).toEqual([]);
});

test("a zone moves elsewhere: not before its name servers do, and nothing of it is deleted", async () => {
  const elsewhere = () =>
    withConfig(platform.session(), ({ domain }) => (domain.zoneManagedBy = "elsewhere"));
  const { store, app } = worldOf(platform);
  const early = await deploy(elsewhere());

  expect(early.ok).toBe(false);
  expect(early.findings.map(({ resource }) => resource)).toEqual([`the zone ${zone}`]);

  const ingress = new URL(app.default_ingress).host;
  for (const host of ["mam", "media"]) store.externalRecords[`${host}.${zone}`] = ingress;
  store.externalAuthorities[zone] = ["letsencrypt.org", "pki.goog"];
  store.delegations[zone] = ["ns1.other.example", "ns2.other.example"];
  const { text, confirmed } = await deploy(elsewhere());
  await platform.cloud.clock.sleep(1800);

  expect(text).not.toContain("refuses");
  expect(confirmed).toMatch(/\. forget .*digitalocean_domain\.zone/);
  expect(store.domains.map(({ name }) => name)).toContain(zone);
  expect((await runVerify(elsewhere())).findings).toEqual([]);
  expect(await found("host-records", elsewhere())).toEqual([]);
  expect((await deploy(elsewhere())).entry?.stacks.app?.outcome).toBe("unchanged");
});
