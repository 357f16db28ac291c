import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  type Grant,
} from "@aws-sdk/client-s3";
import type { PlainBlock } from "../../../engine/data.ts";
import { normalJson, storedUnlessDifferent } from "../policy.ts";
import type { BucketSetting } from "./setting.ts";

// Settings that the provider reads with every bucket, although the rehearsal does not change them.

/** The bucket's policy, which a resource of its own manages. */
export const policy: BucketSetting = {
  title: "policy",
  absentCodes: ["NoSuchBucketPolicy"],
  absent: { policy: "" },
  read: async (storage, bucket, data) => {
    const { Policy: text } = await storage.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    if (text === undefined) return undefined;
    return { policy: normalJson(storedUnlessDifferent(data.text("policy"), text)) };
  },
};

function grantBlocks(grants: readonly Grant[]): readonly PlainBlock[] {
  const blocks = new Map<string, PlainBlock & { readonly permissions: string[] }>();
  for (const { Grantee: grantee, Permission: permission = "" } of grants) {
    const { Type: type, ID: id = "", URI: uri = "" } = grantee ?? { Type: undefined };
    const key = JSON.stringify([type, id, uri]);
    const block = blocks.get(key) ?? { type, id, uri, permissions: [] };
    block.permissions.push(permission);
    blocks.set(key, block);
  }
  return [...blocks.values()];
}

/** Who may use the bucket by its access control list. */
export const accessControlList: BucketSetting = {
  title: "ACL",
  absentCodes: [],
  absent: { grant: [] },
  read: async (storage, bucket) => {
    const { Grants = [] } = await storage.send(new GetBucketAclCommand({ Bucket: bucket }));
    return { grant: grantBlocks(Grants) };
  },
};

/** Whether transfers are accelerated. */
export const acceleration: BucketSetting = {
  title: "accelerate configuration",
  absentCodes: ["UnsupportedArgument", "UnsupportedOperation"],
  absent: { acceleration_status: "" },
  read: async (storage, bucket) => {
    const command = new GetBucketAccelerateConfigurationCommand({ Bucket: bucket });
    return { acceleration_status: (await storage.send(command)).Status };
  },
};

/** Who pays for requests. */
export const requestPayment: BucketSetting = {
  title: "request payment configuration",
  absentCodes: [],
  absent: { request_payer: "" },
  read: async (storage, bucket) => {
    const command = new GetBucketRequestPaymentCommand({ Bucket: bucket });
    return { request_payer: (await storage.send(command)).Payer };
  },
};

/** Where accesses are logged. */
export const logging: BucketSetting = {
  title: "logging",
  absentCodes: [],
  absent: { logging: [] },
  read: async (storage, bucket) => {
    const { LoggingEnabled: held } = await storage.send(
      new GetBucketLoggingCommand({ Bucket: bucket }),
    );
    if (held === undefined) return undefined;
    return { logging: [{ target_bucket: held.TargetBucket, target_prefix: held.TargetPrefix }] };
  },
};

/** The bucket's tags. Wasabi has none. */
export const tagging: BucketSetting = {
  title: "tags",
  absentCodes: ["NoSuchTagSet"],
  absent: { tags: {}, tags_all: {} },
  read: async (storage, bucket) => {
    const { TagSet = [] } = await storage.send(new GetBucketTaggingCommand({ Bucket: bucket }));
    const tags = Object.fromEntries(TagSet.map(({ Key = "", Value = "" }) => [Key, Value]));
    return { tags, tags_all: tags };
  },
};

/** A setting that no platform of the rehearsal has. An answer that holds one would be lost, so it is refused. */
function neverThere(
  title: string,
  attribute: string,
  absentCode: string,
  read: (...from: Parameters<BucketSetting["read"]>) => Promise<unknown>,
): BucketSetting {
  return {
    title,
    absentCodes: [absentCode],
    absent: { [attribute]: [] },
    read: async (...from) => {
      await read(...from);
      throw new Error(`the rehearsal does not read the ${title} of a bucket`);
    },
  };
}

/** How the bucket is served as a web site. */
export const website = neverThere(
  "website configuration",
  "website",
  "NoSuchWebsiteConfiguration",
  (storage, bucket) => storage.send(new GetBucketWebsiteCommand({ Bucket: bucket })),
);

/** Where objects are copied to. */
export const replication = neverThere(
  "replication configuration",
  "replication_configuration",
  "ReplicationConfigurationNotFoundError",
  (storage, bucket) => storage.send(new GetBucketReplicationCommand({ Bucket: bucket })),
);

/** How objects are encrypted by default; Wasabi always encrypts. */
export const encryption: BucketSetting = {
  ...neverThere(
    "server-side encryption configuration",
    "server_side_encryption_configuration",
    "ServerSideEncryptionConfigurationNotFoundError",
    (storage, bucket) => storage.send(new GetBucketEncryptionCommand({ Bucket: bucket })),
  ),
  absentCodes: ["ServerSideEncryptionConfigurationNotFoundError", "UnsupportedOperation"],
};
