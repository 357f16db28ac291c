import { bucketPolicy, rolePolicy } from "../../../constructs/storage/policies.ts";
import { type ServiceRole, serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import type { CheckReport } from "../../../operations/context/check.ts";
import { type GateContext, judge } from "../../../operations/gate/gate.ts";
import { anEnvironment } from "../../support/environments.ts";
import { gateContext as context, pastWith } from "../../support/gate.ts";
import { appValues, resourceChange } from "../../support/plans.ts";

const environment = anEnvironment();
const { config } = environment;

const found = async (given: GateContext) =>
  (await judge(given, [])).findings.map(({ id, found: seen }) => [id, seen]);

const update = (address: string, before: object, after: object) =>
  resourceChange(address, ["update"], { before, after });

const firewall = (...rule: object[]) =>
  update(
    "digitalocean_database_firewall.postgres_firewall",
    { rule: [{ type: "ip_addr", value: config.network.vpcCidr }] },
    { rule },
  );

const retention = (mode: string, days: number) => [
  { object_lock_enabled: "Enabled", rule: [{ default_retention: [{ mode, days, years: 0 }] }] },
];

const masters = (before: object, after: object) => update("aws_s3_bucket.masters", before, after);

// `fromEntries` forgets that every role is there.
const arns = Object.fromEntries(
  serviceRoleNames.map((role) => [role, `arn:aws:iam::1:user/mam-production-${role}`]),
) as Record<ServiceRole, string>;

const users = serviceRoleNames.map((role) =>
  resourceChange(`aws_iam_user.${role}`, ["no-op"], {
    after: { name: `mam-production-${role}`, arn: arns[role] },
  }),
);

const mastersPolicy = (change: (policy: { Statement: { Sid: string }[] }) => unknown) => {
  const policy = JSON.parse(JSON.stringify(bucketPolicy(config, "masters", arns))) as {
    Statement: { Sid: string }[];
  };
  change(policy);
  return { bucket: `${config.storage.bucketPrefix}-masters`, policy: JSON.stringify(policy) };
};

const uploaderPolicy = (...actions: string[]) => {
  const policy = rolePolicy(config, "uploader");
  const [statement] = policy.Statement;
  return {
    user: "mam-production-uploader",
    policy: JSON.stringify({
      ...policy,
      Statement: [{ ...statement, Action: [...statement!.Action, ...actions] }],
    }),
  };
};

/** An app that runs with variables of the API. */
const runningWith = (envs: readonly { key: string; value: string }[] = []) => {
  const spec = { name: "mam-production", services: [{ name: "api", envs: [...envs] }] };
  const times = { created_at: "", updated_at: "" };
  const app = { id: "app", spec, active_deployment: { id: "deployment", spec }, ...times };
  return { past: pastWith(app) };
};

const standing = runningWith();

const redDoctor: CheckReport = {
  ok: false,
  results: [],
  findings: [
    { id: "a", severity: "warning", resource: "a", expected: "", found: "a warning", fix: "" },
    { id: "b", severity: "error", resource: "b", expected: "", found: "an error", fix: "mend b" },
  ],
};

test.each<[what: string, given: GateContext, id: string, seen: string]>([
  [
    "a database is destroyed",
    context([resourceChange("digitalocean_database_cluster.postgres", ["delete"])]),
    "stateful",
    "destroyed: the cluster goes with everything in it, its backups too; it holds the platform's source of truth: every asset, person and permission",
  ],
  [
    "a bucket is replaced",
    context([
      resourceChange("aws_s3_bucket.masters", ["delete", "create"], { before: {}, after: {} }),
    ]),
    "stateful",
    "replaced: the bucket is deleted with every object in it, and an empty one is made; one that is not empty stops the deployment half-way; it holds the masters: the originals, which cannot be made again",
  ],
  [
    "a zone is destroyed",
    context([resourceChange("digitalocean_domain.zone", ["delete"])]),
    "stateful",
    "destroyed: the whole zone is deleted: its records go too, also those outside of the plan",
  ],
  [
    "a database is gone",
    context([], {
      drift: [resourceChange("digitalocean_database_db.postgres_database", ["delete"])],
    }),
    "stateful",
    "gone: the deployment would make an empty one",
  ],
  [
    "the app is destroyed",
    context([resourceChange("digitalocean_app.app", ["delete"])]),
    "app-replaced",
    "destroyed: the app goes with its address, its certificates and the key of the sealed secrets",
  ],
  [
    "the app is replaced",
    context([resourceChange("digitalocean_app.app", ["delete", "create"])]),
    "app-replaced",
    "replaced: the app is deleted first: an outage, then another address and other certificates, and no sealed secret can be read any more",
  ],
  [
    "a tainted app is replaced",
    context([
      resourceChange(
        "digitalocean_app.app",
        ["delete", "create"],
        {},
        { action_reason: "replace_because_tainted" },
      ),
    ]),
    "app-tainted",
    "replaced, because it is tainted",
  ],
  [
    "a firewall is destroyed",
    context([resourceChange("digitalocean_database_firewall.valkey_firewall", ["delete"])]),
    "database-firewall",
    "destroyed: the cluster loses its trusted sources: it is open to the internet",
  ],
  [
    "a firewall is emptied",
    context([firewall()]),
    "database-firewall",
    "no rule: open to the internet",
  ],
  [
    "a firewall lets everybody in",
    context([firewall({ type: "ip_addr", value: "0.0.0.0/0" })]),
    "database-firewall",
    "ip_addr 0.0.0.0/0",
  ],
  [
    "a firewall is a bit wider than the VPC",
    context([firewall({ type: "ip_addr", value: "10.120.0.0/19" })]),
    "database-firewall",
    "ip_addr 10.120.0.0/19",
  ],
  [
    "a firewall lets another address in",
    context([firewall({ type: "ip_addr", value: "203.0.113.7" })]),
    "database-firewall",
    "ip_addr 203.0.113.7",
  ],
  [
    "a firewall lets an IPv6 address in",
    context([firewall({ type: "ip_addr", value: "2001:db8::1" })]),
    "database-firewall",
    "ip_addr 2001:db8::1",
  ],
  [
    "a firewall lets droplets in",
    context([firewall({ type: "tag", value: "web" })]),
    "database-firewall",
    "tag web",
  ],
  [
    "a bucket gets a public ACL",
    context([masters({}, { acl: "public-read" })]),
    "public-bucket",
    "ACL public-read",
  ],
  [
    "a bucket is granted to everybody",
    context([masters({}, { grant: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] })]),
    "public-bucket",
    "a grant to http://acs.amazonaws.com/groups/global/AllUsers",
  ],
  [
    "a user may do more",
    context([
      update(
        "aws_iam_user_policy.uploader_policy",
        uploaderPolicy(),
        uploaderPolicy("s3:DeleteObject"),
      ),
    ]),
    "weaker-policy",
    "AllowStaging allows more: s3:PutObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts, s3:DeleteObject",
  ],
  [
    "a user that is new may do more than its role",
    context([
      resourceChange("aws_iam_user_policy.uploader_policy", ["create"], {
        after: uploaderPolicy("s3:DeleteObject"),
      }),
    ]),
    "weaker-policy",
    "AllowStaging allows more: s3:PutObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts, s3:DeleteObject",
  ],
  [
    "a bucket refuses less than it did",
    context([
      update(
        "aws_s3_bucket_policy.access_masters",
        mastersPolicy(() => undefined),
        mastersPolicy(({ Statement }) => Statement.pop()),
      ),
    ]),
    "weaker-policy",
    "DenyDestruction is refused no more, or less of it",
  ],
  [
    "a new bucket refuses less than the environment says",
    context([
      ...users,
      resourceChange("aws_s3_bucket_policy.access_masters", ["create"], {
        after: mastersPolicy(({ Statement }) => Statement.shift()),
      }),
    ]),
    "weaker-policy",
    "DenyPlainHttp is refused no more, or less of it",
  ],
  [
    "a policy is destroyed",
    context([resourceChange("aws_s3_bucket_policy.access_masters", ["delete"])]),
    "weaker-policy",
    "destroyed: nothing is refused by it any more",
  ],
  [
    "versioning is switched off",
    context([masters({ versioning: [{ enabled: true }] }, { versioning: [{ enabled: false }] })]),
    "bucket-protection",
    "switched off",
  ],
  [
    "versioning is not described any more",
    context([masters({ versioning: [{ enabled: true }] }, { versioning: [] })]),
    "bucket-protection",
    "switched off",
  ],
  [
    "object lock goes",
    context([
      masters(
        { object_lock_configuration: retention("GOVERNANCE", 30) },
        { object_lock_configuration: [] },
      ),
    ]),
    "bucket-protection",
    "no object lock",
  ],
  [
    "object lock is shortened",
    context([
      masters(
        { object_lock_configuration: retention("GOVERNANCE", 30) },
        { object_lock_configuration: retention("GOVERNANCE", 7) },
      ),
    ]),
    "bucket-protection",
    "object lock GOVERNANCE for 7 days",
  ],
  [
    "object lock is shortened in what is written for a stack that cannot be planned",
    context([
      masters(
        { object_lock_configuration: retention("GOVERNANCE", 30) },
        {
          versioning: { enabled: true },
          object_lock_configuration: {
            rule: { default_retention: { mode: "GOVERNANCE", days: 7 } },
          },
        },
      ),
    ]),
    "bucket-protection",
    "object lock GOVERNANCE for 7 days",
  ],
  [
    "object lock can be bypassed",
    context([
      masters(
        { object_lock_configuration: retention("COMPLIANCE", 30) },
        { object_lock_configuration: retention("GOVERNANCE", 60) },
      ),
    ]),
    "bucket-protection",
    "object lock GOVERNANCE for 60 days",
  ],
  [
    "a secret is sent in clear",
    context([
      update(
        "digitalocean_app.app",
        appValues(),
        appValues(({ service }) => (service[0]!.env[0]!.value = "plaintext")),
      ),
    ]),
    "unsealed-secret",
    "plaintext",
  ],
  [
    "the app would get a storage key that the deployment makes",
    context([resourceChange("aws_iam_access_key.edge_reader_key_a", ["create"])], standing),
    "unsealed-secret",
    "a new one, whose secret would be sent in clear",
  ],
  ["the doctor is red", context([], { doctor: redDoctor }), "red-doctor", "an error"],
])("the gate refuses when %s", async (_, given, id, seen) => {
  expect(await found(given)).toEqual([[id, seen]]);
  expect((await judge(given, [])).ok).toBe(false);
});

test("a bucket that allows something to everybody is public, and its policy weaker", async () => {
  const Statement = {
    Sid: "Open",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "*",
  };
  const open = mastersPolicy((policy) => policy.Statement.push(Statement));
  const given = context([
    update(
      "aws_s3_bucket_policy.access_masters",
      mastersPolicy(() => undefined),
      open,
    ),
  ]);

  expect(await found(given)).toEqual([
    ["public-bucket", "Open allows everybody s3:GetObject"],
    ["weaker-policy", "Open allows more: s3:GetObject"],
  ]);
});

const clear = appValues(({ service }) => (service[0]!.env[0]!.value = "plaintext"));

test.each<[what: string, given: GateContext]>([
  ["nothing changes", context([])],
  [
    "everything is new",
    context([
      resourceChange("digitalocean_database_cluster.postgres", ["create"], { after: {} }),
      resourceChange("digitalocean_app.app", ["create"], { after: clear }),
    ]),
  ],
  [
    "a firewall is made for the VPC",
    context([firewall({ type: "ip_addr", value: "10.120.0.0/20" })]),
  ],
  [
    "a firewall is made for one address of the VPC",
    context([firewall({ type: "ip_addr", value: "10.120.3.4" })]),
  ],
  [
    "a policy waits for its user's ARN",
    context([
      resourceChange("aws_s3_bucket_policy.access_masters", ["create"], {
        after: {},
        after_unknown: { policy: true },
      }),
    ]),
  ],
  [
    "a policy stays as the environment says",
    context([
      ...users,
      update(
        "aws_s3_bucket_policy.access_masters",
        mastersPolicy(({ Statement }) => Statement.pop()),
        mastersPolicy(() => undefined),
      ),
    ]),
  ],
  [
    "object lock is lengthened",
    context([
      masters(
        { object_lock_configuration: retention("GOVERNANCE", 7) },
        { object_lock_configuration: retention("COMPLIANCE", 30) },
      ),
    ]),
  ],
  [
    "an app changes whose secrets are sealed",
    context([
      update(
        "digitalocean_app.app",
        appValues(),
        appValues(({ service }) => (service[0]!.instance_count = 3)),
      ),
    ]),
  ],
  [
    "a person who is there sends a secret in clear",
    context([update("digitalocean_app.app", appValues(), clear)], { unattended: false }),
  ],
  [
    "an access key is retired",
    context([resourceChange("aws_iam_access_key.uploader_key_a", ["delete"])]),
  ],
  [
    "the doctor only warns",
    context([], { doctor: { ...redDoctor, findings: redDoctor.findings.slice(0, 1) } }),
  ],
])("the gate lets pass when %s", async (_, given) => {
  expect(await judge(given, [])).toEqual({ ok: true, findings: [], overridden: [] });
});
