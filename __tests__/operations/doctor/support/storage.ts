import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import { newAccessKey, newId } from "@mam-infra/cloud/wasabi/account";
import type { Session } from "../../../../operations/context/session.ts";
import { type Access, recordAccess } from "../../../../operations/ledger/accesses.ts";
import { ledgerOf } from "../../../../operations/ledger/place.ts";
import { spoilLedger } from "../../../support/spoilt-ledger.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import { type Breakage, undeployed, withConfig } from "./breakage.ts";

const bucket = "northlight-mam-terraform-state-staging";

/** The bucket of the states, with a door for whoever has no key. */
function openBucket(platform: TestPlatform, action: string) {
  const { anybodyMay } = platform.cloud.spaces.account;
  anybodyMay.set(bucket, new Set([action]));
  return { session: platform.session(), mend: () => anybodyMay.delete(bucket) };
}

/** A session of a Wasabi user who may do what a policy says. */
export function wasabiUser(platform: TestPlatform, name: string, actions: readonly string[]) {
  const key = newAccessKey(new Date());
  const policy = { Effect: "Allow", Action: actions, Resource: "*" };
  platform.cloud.wasabi.account.users.set(name, {
    id: newId("AIDA"),
    name,
    path: "/",
    createdAt: new Date(),
    accessKeys: new Map([[key.accessKeyId, key]]),
    inlinePolicies: new Map([
      ["one", JSON.stringify({ Version: "2012-10-17", Statement: [policy] })],
    ]),
    attachedPolicies: new Set(),
  });
  return platform.session({
    TF_VAR_wasabi_access_key: key.accessKeyId,
    TF_VAR_wasabi_secret_key: key.secretAccessKey,
  });
}

const lock = {
  ID: "0c3a9a6e-5a1c-2f6e-4e5e-7d1f3b7a9c11",
  Operation: "OperationTypeApply",
  Who: "ada@workstation",
  Version: "1.11.4",
  Created: new Date(Date.now() - 3 * 3_600_000 - 60_000).toISOString(),
};

const lockFinding = {
  expected: "no lock",
  found: "locked for 3 hours by ada@workstation (OperationTypeApply)",
};

const keyOf = ({ cloud }: TestPlatform, permission: "full" | "read") => {
  const key = { accessKeyId: `DO00${permission}`, secretAccessKey: "a-secret", permission };
  cloud.spaces.account.accessKeys.push(key);
  return { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
};

/** What can be wrong with Wasabi. */
export const wasabiBreakages: readonly Breakage[] = [
  {
    id: "wasabi-keys",
    name: "no key",
    breaks: (platform) => ({ session: platform.session({ TF_VAR_wasabi_secret_key: undefined }) }),
    finds: [
      {
        resource: "TF_VAR_wasabi_secret_key",
        expected: expect.stringContaining("docs/deployer-access.md"),
        found: "missing",
        fix: "make one at https://console.wasabisys.com/access_keys, then export TF_VAR_wasabi_secret_key=…",
      },
    ],
  },
  {
    id: "wasabi-keys",
    name: "a key that was deleted",
    breaks: (platform) => ({
      session: platform.session({ TF_VAR_wasabi_access_key: "AKIA0000000000000000" }),
    }),
    finds: [
      {
        resource: "TF_VAR_wasabi_access_key",
        expected: "a key that Wasabi takes",
        found: "InvalidClientTokenId",
      },
    ],
  },
  {
    id: "wasabi-rights",
    name: "the key of an ordinary user",
    breaks: (platform) => ({
      session: wasabiUser(platform, "ordinary", ["s3:ListAllMyBuckets", "s3:GetObject"]),
    }),
    finds: [
      {
        resource: "arn:aws:iam::100000000001:user/ordinary",
        expected: "the right iam:ListUsers",
        found: "AccessDenied",
        fix: "use a key with these rights: what docs/deployer-access.md lists; an administrator of the account has more than enough",
      },
    ],
  },
  {
    id: "wasabi-rights",
    name: "the key of somebody who may only read",
    breaks: (platform) => ({
      session: wasabiUser(platform, "reader", ["s3:ListAllMyBuckets", "iam:List*", "iam:Get*"]),
    }),
    finds: [
      {
        resource: "arn:aws:iam::100000000001:user/reader",
        expected: "the right iam:CreateUser",
        found: "no policy allows it: arn:aws:iam::100000000001:user/mam-staging-uploader",
      },
      {
        expected: "the right s3:CreateBucket",
        found: "no policy allows it: arn:aws:s3:::northlight-mam-staging-staging",
      },
    ],
  },
  {
    id: "wasabi-rights",
    name: "the key of somebody who may only make things",
    breaks: (platform) => ({
      session: wasabiUser(platform, "maker", ["s3:CreateBucket", "iam:CreateUser"]),
    }),
    finds: [{ expected: "the right iam:ListUsers" }, { expected: "the right s3:ListAllMyBuckets" }],
  },
  {
    id: "wasabi-buckets",
    name: "a bucket in another region",
    breaks: (platform) => {
      const { buckets } = platform.cloud.wasabi.store;
      const name = "northlight-mam-staging-masters";
      const own = buckets.get(name)!;
      buckets.set(name, { ...own, region: "eu-central-1" });
      return { session: platform.session(), mend: () => buckets.set(name, own) };
    },
    finds: [
      {
        resource: "the bucket northlight-mam-staging-masters",
        expected: "us-east-1",
        found: "eu-central-1",
        fix: "set `network.region` back: a bucket cannot be moved",
      },
    ],
  },
  {
    id: "wasabi-buckets",
    name: "a name that somebody else has",
    breaks: (platform) => {
      const { takenBucketNames } = platform.cloud.wasabi;
      takenBucketNames.add("undeployed-previews");
      return {
        session: undeployed(platform.session()),
        mend: () => {
          takenBucketNames.clear();
        },
      };
    },
    finds: [
      {
        resource: "the bucket undeployed-previews",
        expected: "the account's own, or a free name",
        found: "a bucket of another account",
        fix: "export the key of the account that the buckets are in, or choose another `storage.bucketPrefix`",
      },
    ],
  },
  {
    id: "wasabi-buckets",
    name: "an account that has none of the buckets that a state knows",
    breaks: (platform) => {
      const { buckets } = platform.cloud.wasabi.store;
      const own = [...buckets];
      buckets.clear();
      return {
        session: platform.session(),
        mend: () => {
          own.forEach(([name, one]) => buckets.set(name, one));
        },
      };
    },
    finds: [
      {
        resource: "the Wasabi account 100000000001",
        expected: expect.stringContaining("northlight-mam-staging-masters"),
        found: "none of them",
      },
    ],
  },
];

/** What can be wrong with the states. */
export const stateBreakages: readonly Breakage[] = [
  {
    id: "state-bucket",
    name: "no key",
    breaks: (platform) => ({ session: platform.session({ AWS_ACCESS_KEY_ID: undefined }) }),
    finds: [
      {
        resource: "AWS_ACCESS_KEY_ID",
        expected: expect.stringContaining("read and write on the state bucket"),
        found: "missing",
        fix: "make one at https://cloud.digitalocean.com/spaces/access_keys, then export AWS_ACCESS_KEY_ID=…",
      },
    ],
  },
  {
    id: "state-bucket",
    name: "a key that was deleted",
    breaks: (platform) => ({ session: platform.session({ AWS_ACCESS_KEY_ID: "DO00GONE" }) }),
    finds: [
      {
        resource: `the Spaces bucket ${bucket}`,
        found: "403: the key is unknown, or may not use it",
      },
    ],
  },
  {
    id: "state-bucket",
    name: "no bucket",
    breaks: (platform) => ({
      session: withConfig(platform.session(), ({ state }) => {
        state.backend = { kind: "spaces", bucket: "nobody-made-it" };
      }),
    }),
    finds: [
      {
        resource: "the Spaces bucket nobody-made-it",
        expected: "a bucket that the key may use",
        found: "no bucket of that name",
        fix: "mam state bootstrap staging",
      },
    ],
  },
  {
    id: "state-private",
    name: "a bucket that anybody may list",
    breaks: (platform) => openBucket(platform, "s3:ListBucket"),
    finds: [
      {
        severity: "error",
        resource: `the Spaces bucket ${bucket}`,
        found: "anybody may list it",
        fix: "mam state bootstrap staging",
      },
    ],
  },
  {
    id: "state-private",
    name: "a bucket that a policy lets anybody read",
    breaks: (platform) => openBucket(platform, "s3:GetObject"),
    finds: [
      {
        found:
          "anybody may read staging-storage.tfstate, staging-data.tfstate, staging-app.tfstate",
        fix: expect.stringMatching(/^aws s3api delete-bucket-policy .* --bucket \S+-staging$/),
      },
    ],
  },
  {
    id: "state-versioning",
    name: "a bucket that keeps no versions",
    breaks: (platform) => {
      const store = platform.cloud.spaces.store.buckets.get(bucket)!;
      store.versioning = "Suspended";
      return { session: platform.session(), mend: () => (store.versioning = "Enabled") };
    },
    finds: [
      {
        resource: `versioning of ${bucket}`,
        expected: "Enabled",
        found: "Suspended",
        fix: "mam state bootstrap staging",
      },
    ],
  },
  {
    id: "state-lock",
    name: "a store that ignores the condition of a lock",
    breaks: (platform) => {
      const { account } = platform.cloud.spaces;
      account.ignoresConditions = true;
      return { session: platform.session(), mend: () => (account.ignoresConditions = false) };
    },
    finds: [
      {
        severity: "error",
        resource: `locks in ${bucket}`,
        expected: "412 for the second of two locks",
        found: "both were taken",
        fix: expect.stringContaining("If-None-Match"),
      },
    ],
  },
  {
    id: "state-lock",
    name: "a key that may only read",
    breaks: (platform) => ({ session: platform.session(keyOf(platform, "read")) }),
    finds: [
      {
        expected: "a key that may write and delete",
        found: "AccessDenied",
        fix: "make a key that may read and write this bucket, as docs/state.md says",
      },
    ],
  },
  {
    id: "state-unlocked",
    name: "a lock that somebody holds",
    breaks: async (platform) => {
      const session = platform.session();
      const spaces = session.clients.spaces();
      const object = { Bucket: bucket, Key: "staging-data.tfstate.tflock" };
      await spaces.send(new PutObjectCommand({ ...object, Body: JSON.stringify(lock) }));
      return { session, mend: () => void spaces.send(new DeleteObjectCommand(object)) };
    },
    finds: [
      {
        ...lockFinding,
        resource: "the state of staging-data",
        fix: "wait for that run; if it is dead: mam state unlock staging 0c3a9a6e-5a1c-2f6e-4e5e-7d1f3b7a9c11",
      },
    ],
  },
  {
    id: "state-unlocked",
    name: "a lock on a state that is a file, and one that says nothing",
    breaks: (platform) => {
      const session = withConfig(platform.session({ AWS_ACCESS_KEY_ID: undefined }), (config) => {
        config.state.backend = { kind: "local" };
      });
      const file = (part: string) =>
        join(session.project, `.terraform.staging-${part}.tfstate.lock.info`);
      writeFileSync(file("app"), JSON.stringify(lock));
      writeFileSync(file("storage"), "");
      return {
        session,
        mend: () => {
          for (const part of ["app", "storage"]) if (existsSync(file(part))) rmSync(file(part));
        },
      };
    },
    finds: [
      {
        resource: "the state of staging-storage",
        found: "a lock that does not say whose it is",
        fix: "wait for that run; if it is dead: mam state unlock staging staging-storage",
      },
      { ...lockFinding, resource: "the state of staging-app" },
    ],
  },
  {
    id: "ledger-readable",
    name: "entries that this version cannot read, or not all of",
    breaks: async (platform) => {
      const session = platform.session();
      await spoilLedger(platform);
      return { session, mend: () => deleteLedger(session) };
    },
    finds: [
      {
        severity: "warning",
        resource: "the ledger: release later",
        expected: "an entry as this version writes it",
        found: "has wave, which this version does not know",
        fix: "mam rollback staging --list --repair",
      },
      { resource: "the ledger: release cut-off", found: expect.stringContaining("kind: ") },
    ],
  },
  {
    id: "sessions-closed",
    name: "a session in the database whose process is gone",
    breaks: async (platform) => {
      const session = platform.session();
      await recordAccess(ledgerOf(session), aDeadSession);
      return { session, mend: () => deleteLedger(session) };
    },
    finds: [
      {
        severity: "warning",
        resource: "session 20261124-013427-9f3a of ada@desk, begun 2026-11-24 01:34 UTC",
        found: "open to 203.0.113.1, and its process is gone",
        fix: "mam psql staging --close",
      },
    ],
  },
];

const deleteLedger = ({ clients }: Session) =>
  clients.spaces().send(new DeleteObjectCommand({ Bucket: bucket, Key: "staging.ledger.json" }));

/** One of a machine that is gone; its time is long up. */
const aDeadSession: Access = {
  id: "20261124-013427-9f3a",
  kind: "psql",
  who: "ada@desk",
  reason: "ticket 1",
  may: "read",
  where: "mam-staging-postgres/mam",
  process: { host: "desk", pid: 4711 },
  address: "203.0.113.1",
  begun: "2026-11-24T01:34:27.000Z",
  until: "2026-11-24T02:04:27.000Z",
  result: "open",
};
