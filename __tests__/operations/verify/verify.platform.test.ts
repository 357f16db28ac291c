import { randomUUID } from "node:crypto";

import { PutObjectCommand } from "@aws-sdk/client-s3";

import { runChecks } from "../../../operations/context/check.ts";
import type { Variables } from "../../../operations/context/variables.ts";
import { applyInsights } from "../../../operations/deploy/insights.ts";
import { recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { fingerprint } from "../../../operations/secrets/seal.ts";
import { linkChecks } from "../../../operations/verify/checks/links.ts";
import { publicChecks } from "../../../operations/verify/checks/public.ts";
import { verifyChecks } from "../../../operations/verify/checks.ts";
import { observeData } from "../../../operations/platform/observed-data.ts";
import { passwordsOf } from "../../../operations/verify/passwords.ts";
import { tryAccess } from "../../../operations/verify/storage-access/results.ts";
import { verifyContext } from "../../../operations/verify/context.ts";
import { runVerify } from "../../../operations/verify/verify.ts";
import { createCertificateAuthority } from "@mam-infra/cloud/internet/certificate-authority";
import { endpointsVariable } from "../../../stacks/endpoints.ts";
import { silent } from "../../support/deploying.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { entryOf } from "../ledger/entries.ts";
import { runningBreakages } from "./support/running.ts";
import { standingBreakages } from "./support/standing.ts";
import { keep, worldOf } from "./support/world.ts";

const breakages = [...runningBreakages, ...standingBreakages];

let platform: TestPlatform;
let mend: () => void;

beforeAll(async () => {
  platform = await openDeployedPlatform();
  // Records and certificates of the hosts take up to five minutes of the platform's time.
  await platform.cloud.clock.sleep(300);
  await rememberPasswords();
  expect(await applyInsights(platform.session(), silent)).toEqual([]);
  mend = keep(platform);
});

afterEach(() => {
  mend();
});

afterAll(() => platform.end());

/** Remembers the passwords that the app was deployed with, as `mam deploy` does. */
async function rememberPasswords(): Promise<void> {
  const { clients, environment, ...session } = platform.session();
  const data = await observeData(clients.digitalOcean(), environment.config);
  const [app] = platform.cloud.digitalOcean.store.apps;
  const entry = { deployment: app!.active_deployment!, passwords: passwordsOf(data) };
  await recordEntry(ledgerOf({ ...session, clients, environment }), entryOf("first", entry));
}

const verified = (id: string, variables: Variables = {}) =>
  runChecks(
    verifyChecks.filter((check) => check.id === id),
    verifyContext(platform.session(variables)),
  );

test("a healthy platform has nothing against it, and everything but a young cluster's backups is tried", async () => {
  const { ok, findings, results } = await runVerify(platform.session());

  expect(findings).toEqual([]);
  expect(ok).toBe(true);
  expect(results.filter(({ outcome }) => outcome === "skipped").map(({ id }) => id)).toEqual([
    "database-backups",
    "dump-age",
    "dump-size",
    "dumps-hidden",
  ]);
});

test.each(breakages.map((breakage) => [breakage.id, breakage.what, breakage] as const))(
  "%s fails when %s",
  async (id, _, { breaks, variables, ...finding }) => {
    breaks?.(worldOf(platform));
    const { findings, results } = await verified(id, variables?.(platform));

    expect(results.map(({ outcome }) => outcome)).toEqual(["failed"]);
    const { resource, expected, found, fix } = findings.find((one) =>
      matches(one.resource, finding.resource),
    )!;
    expect({ resource, expected, found, fix }).toEqual({
      resource: textLike(finding.resource),
      expected: textLike(finding.expected),
      found: textLike(finding.found),
      fix: textLike(finding.fix),
    });
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  },
);

test("a certificate of an authority that nobody trusts is found", async () => {
  const { internet, ...endpoints } = platform.cloud.endpoints;
  const { certificate: certificateAuthority } = await createCertificateAuthority("Another");
  const distrusting = { ...endpoints, internet: { ...internet, certificateAuthority } };
  const { findings } = await verified("certificates", {
    [endpointsVariable]: JSON.stringify(distrusting),
  });

  expect(findings.map(({ found }) => found)).toEqual([
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ]);
});

test("while a certificate is not issued, what needs it is skipped, and the domain is the one finding", async () => {
  worldOf(platform).app.domains[0]!.phase = "CONFIGURING";
  const { findings, results } = await runChecks(
    [...publicChecks, ...linkChecks],
    verifyContext(platform.session()),
  );

  expect(findings.map(({ id, fix }) => [id, fix.slice(0, 5)])).toEqual([
    ["domains-active", "wait:"],
  ]);
  const reason = "mam.staging.northlight.example is CONFIGURING: it has no certificate yet";
  expect(results.filter((result) => result.reason === reason).map(({ id }) => id)).toEqual([
    "public-health",
    "certificates",
    "certificate-days",
    "https-redirects",
    "links-accepted",
    "links-refused",
  ]);
});

test("images without service levels are no finding where the environment says that they have none", async () => {
  const session = platform.session();
  const { config } = session.environment;
  const disabledReason = "Accepted until our own images have service levels.";
  const objectives = { ...config.monitoring.objectives, enabled: false, disabledReason };
  const environment = {
    ...session.environment,
    config: { ...config, monitoring: { ...config.monitoring, objectives } },
  };
  const { results } = await runChecks(
    verifyChecks.filter(({ id }) => id === "service-levels" || id === "uptime-checks"),
    verifyContext({ ...session, environment }),
  );

  expect(results.find(({ id }) => id === "service-levels")).toMatchObject({
    outcome: "skipped",
    reason: `service levels are switched off: ${disabledReason}`,
  });
  // They stand until the next deployment takes them away.
  expect(
    results.find(({ id }) => id === "uptime-checks")?.findings.map(({ found }) => found),
  ).toEqual([
    expect.stringContaining("service-levels-"),
    expect.stringContaining("service-levels-"),
    expect.stringContaining("service-levels-"),
  ]);
});

test("an edge that is not healthy neither accepts nor refuses links", async () => {
  for (const instance of worldOf(platform).app.instances) {
    if (instance.component === "edge") instance.terminated = 0;
  }
  const { results } = await runChecks(linkChecks, verifyContext(platform.session()));

  const reason =
    "the edge is not healthy, https://media.staging.northlight.example/health answers 503";
  expect(results.map((result) => result.reason)).toEqual([reason, reason]);
});

test.each([
  ["the signing key", "TF_VAR_edge_signing_key_a", ["links-accepted", "links-refused"]],
  [
    "Wasabi's keys",
    "TF_VAR_wasabi_access_key",
    ["buckets", "storage-users", "app-storage-keys", "storage-allowed", "storage-refused"],
  ],
  ["the keys of the state bucket", "AWS_ACCESS_KEY_ID", ["storage-allowed", "storage-refused"]],
])("without %s the checks that need it say so", async (_, variable, ids) => {
  const { ok, results } = await runChecks(
    verifyChecks.filter(({ id }) => ids.includes(id)),
    verifyContext(platform.session({ [variable]: undefined })),
  );

  expect(ok).toBe(true);
  for (const { outcome, reason } of results) {
    expect([outcome, reason]).toEqual(["skipped", expect.stringContaining(variable)]);
  }
});

test("a supplied signing key that is not the deployed one proves nothing about the edge", async () => {
  const session = platform.session({ TF_VAR_edge_signing_key_a: "another" });
  const edge = {
    EDGE_SIGNING_KEY_A: { fingerprint: fingerprint("deployed"), ciphertext: "EV[1:a:b]" },
  };
  const sealed = { app: randomUUID(), components: { edge } };
  const context = verifyContext({ ...session, environment: { ...session.environment, sealed } });
  const { results } = await runChecks(
    verifyChecks.filter(({ id }) => id.startsWith("links-")),
    context,
  );

  expect(results.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped"]);
});

test("a log sink that was configured and dropped is found", async () => {
  const session = platform.session();
  const databaseSink = { server: "logs.example", port: 6514, clusters: ["valkey"] as const };
  const { logs } = session.environment.config;
  const config = { ...session.environment.config, logs: { ...logs, databaseSink } };
  const context = verifyContext({ ...session, environment: { ...session.environment, config } });
  const { findings } = await runChecks(
    verifyChecks.filter(({ id }) => id === "database-log-sinks"),
    context,
  );

  expect(findings).toMatchObject([
    {
      resource: "Valkey's log sinks",
      expected: "rsyslog logs.example:6514, over TLS",
      found: "none",
    },
  ]);
});

test("the maintenance page is no outage, and a zone that is managed elsewhere has a fix of its own", async () => {
  const session = platform.session();
  const { config } = session.environment;
  const changed = {
    ...config,
    services: { ...config.services, maintenancePage: { enabled: true } },
    domain: { ...config.domain, zoneManagedBy: "elsewhere" as const },
  };
  worldOf(platform).app.domains[0]!.phase = "PENDING";
  const { results, findings } = await runChecks(
    [...publicChecks, ...linkChecks],
    verifyContext({ ...session, environment: { ...session.environment, config: changed } }),
  );

  expect(findings.map(({ fix }) => fix)).toEqual([
    expect.stringMatching(/^create the records where the zone is managed/),
  ]);
  const maintained = results.filter(({ reason }) => reason?.startsWith("the maintenance page"));
  expect(maintained.map(({ id }) => id)).toEqual([
    "public-health",
    "links-accepted",
    "links-refused",
  ]);
});

test("a platform that does not answer is a finding of every check that asks it, and of no other", async () => {
  platform.cloud.faults.add({ platform: "wasabi", kind: "down" });
  const { ok, findings } = await runVerify(platform.session());
  platform.cloud.faults.clear();

  expect(ok).toBe(false);
  expect(new Set(findings.map(({ id }) => id))).toEqual(
    new Set([
      "links-accepted",
      "buckets",
      "storage-users",
      "app-storage-keys",
      "storage-allowed",
      "storage-refused",
      "dump-age",
      "dump-size",
      "dumps-hidden",
    ]),
  );
});

test("a session without a DigitalOcean token is told where to make one", async () => {
  await expect(runVerify(platform.session({ DIGITALOCEAN_TOKEN: undefined }))).rejects.toThrow(
    /DIGITALOCEAN_TOKEN is missing/,
  );
});

describe("with a master in its bucket", () => {
  const master = { Bucket: "northlight-mam-staging-masters", Key: "asset/clip.mov" };
  const administrator = () =>
    platform.session().clients.wasabiStorageAs(platform.cloud.credentials.wasabiRoot);

  beforeAll(() =>
    administrator().send(new PutObjectCommand({ ...master, Body: new Uint8Array() })),
  );

  afterAll(() => {
    platform.cloud.wasabi.store.buckets.get(master.Bucket)!.objects.delete(master.Key);
  });

  test("it is read by whoever may, and by nobody else", async () => {
    const { results } = await tryAccess(platform.session());
    const ofMasters = results.filter(
      ({ check }) => check.tier === "masters" && check.action === "read",
    );

    expect(ofMasters.map(({ check, outcome }) => [check.role, outcome])).toEqual([
      ["transcoder", "allowed"],
      ["promoter", "refused"],
      ["edge-reader", "refused"],
      ["backup-writer", "refused"],
      ["nobody", "refused"],
    ]);
  });

  test("a transcoder that may not read it is found", async () => {
    worldOf(platform).user("transcoder").inlinePolicies.clear();
    const { findings } = await verified("storage-allowed");

    expect(findings.map(({ resource }) => resource)).toEqual([
      "transcoder: read in masters",
      "transcoder: write in previews",
    ]);
  });
});

test("an access key that Wasabi does not know is neither allowed nor refused", async () => {
  for (const key of worldOf(platform).user("backup-writer").accessKeys.values()) {
    key.status = "Inactive";
  }
  const { findings } = await verified("storage-allowed");

  expect(findings.map(({ resource, found }) => [resource, found])).toEqual([
    ["backup-writer: write in backups", "InvalidAccessKeyId"],
  ]);
});

test("probes that cannot be removed are named", async () => {
  const staging = worldOf(platform).bucket("staging");
  const { policy, name } = staging;
  const statement = {
    Sid: "KeepAll",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteObjectVersion"],
    Resource: [`arn:aws:s3:::${name}/*`],
  };
  const document = JSON.parse(policy!) as { Statement: object[] };
  staging.policy = JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
  const { findings } = await verified("storage-allowed");
  const left = [...staging.objects.keys()];
  staging.objects.clear();

  expect(findings).toMatchObject([
    { resource: "probes that verify wrote", found: expect.stringMatching(/^mam-verify-.*: /) },
  ]);
  expect(left).toEqual([
    expect.stringMatching(/^mam-verify-.*\/probe$/),
    expect.stringMatching(/^mam-verify-.*\/uploader$/),
  ]);
});

test("no secret is in the report, whatever is broken", async () => {
  const world = worldOf(platform);
  for (const { breaks } of breakages) breaks?.(world);
  const text = JSON.stringify(await runVerify(platform.session()));

  expect(text).toContain('"failed"');
  for (const secret of secretsOf(platform)) expect(text).not.toContain(secret);
});

test("nothing that verify wrote remains, not even a marker of a deletion or an upload", () => {
  const left = [...platform.cloud.wasabi.store.buckets.values()].flatMap(
    ({ name, objects, uploads }) => [
      ...[...objects.keys()].map((key) => `${name}/${key}`),
      ...[...uploads.values()].map(({ key }) => `${name}/${key} (upload)`),
    ],
  );

  expect(left).toEqual([]);
});

test("every check has a way to fail", () => {
  const broken = new Set(breakages.map(({ id }) => id));

  expect(verifyChecks.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});

/** Everything that must not be seen: what was supplied, and the storage keys that Terraform made. */
function secretsOf({ cloud }: TestPlatform): string[] {
  const { credentials, wasabi } = cloud;
  return [
    "hunter2",
    credentials.digitalOceanToken,
    credentials.spaces.secretAccessKey,
    credentials.wasabi.secretAccessKey,
    ...Object.values(credentials.supplied),
    ...Object.values(credentials.logs),
    ...[...wasabi.account.users.values()].flatMap(({ accessKeys }) =>
      [...accessKeys.values()].map(({ secretAccessKey }) => secretAccessKey),
    ),
  ];
}

const matches = (text: string, pattern: RegExp | string) =>
  typeof pattern === "string" ? text === pattern : pattern.test(text);

const textLike = (pattern: RegExp | string): unknown =>
  typeof pattern === "string" ? pattern : expect.stringMatching(pattern);
