import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleExpiration,
  type LifecycleRule,
} from "@aws-sdk/client-s3";
import { blocksOf, flagIn, numberIn, textIn, type PlainBlock } from "../../../engine/data.ts";
import { puttingOrDeleting, type WritableSetting } from "./setting.ts";

function expiration(block: PlainBlock): LifecycleExpiration {
  const [date, days] = [textIn(block, "date"), numberIn(block, "days")];
  if (date !== "") return { Date: new Date(`${date}T00:00:00Z`) };
  if (days > 0) return { Days: days };
  return { ExpiredObjectDeleteMarker: flagIn(block, "expired_object_delete_marker") };
}

function actions(block: PlainBlock): Partial<LifecycleRule> {
  const abortDays = numberIn(block, "abort_incomplete_multipart_upload_days");
  const [expires] = blocksOf(block.expiration);
  const [noncurrent] = blocksOf(block.noncurrent_version_expiration);
  return {
    ...(abortDays > 0
      ? { AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortDays } }
      : {}),
    ...(expires ? { Expiration: expiration(expires) } : {}),
    ...(noncurrent
      ? { NoncurrentVersionExpiration: { NoncurrentDays: numberIn(noncurrent, "days") } }
      : {}),
  };
}

function rule(block: PlainBlock): LifecycleRule {
  const does = actions(block);
  return {
    // A rule has to do something; this one does nothing that is noticed.
    ...(Object.keys(does).length > 0 ? does : { Expiration: { ExpiredObjectDeleteMarker: false } }),
    Filter: { Prefix: textIn(block, "prefix") },
    ID: textIn(block, "id"),
    Status: flagIn(block, "enabled") ? "Enabled" : "Disabled",
  };
}

function expirationBlocks(held: LifecycleExpiration | undefined): readonly PlainBlock[] {
  if (held === undefined) return [];
  const { Date: date, Days: days, ExpiredObjectDeleteMarker: markers } = held;
  return [
    {
      date: date?.toISOString().slice(0, 10),
      days,
      expired_object_delete_marker: markers ?? false,
    },
  ];
}

function block(held: LifecycleRule): PlainBlock {
  const { NoncurrentVersionExpiration: noncurrent } = held;
  return {
    abort_incomplete_multipart_upload_days:
      held.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    enabled: held.Status === "Enabled",
    expiration: expirationBlocks(held.Expiration),
    id: held.ID,
    noncurrent_version_expiration: noncurrent ? [{ days: noncurrent.NoncurrentDays }] : [],
    prefix: held.Filter?.Prefix,
  };
}

/** A part of a rule that the state cannot hold would be lost silently. */
function refuseUnread(rules: readonly LifecycleRule[]): void {
  const read = new Set([
    "AbortIncompleteMultipartUpload",
    "Expiration",
    "Filter",
    "ID",
    "NoncurrentVersionExpiration",
    "Status",
  ]);
  for (const rule of rules) {
    const unread = Object.keys(rule).find((name) => !read.has(name));
    const filter = Object.keys(rule.Filter ?? {}).find((name) => name !== "Prefix");
    const part = unread ?? filter;
    if (part !== undefined)
      throw new Error(`the rehearsal does not read ${part} of a lifecycle rule`);
  }
}

/** When objects expire. */
export const lifecycle: WritableSetting = {
  title: "lifecycle configuration",
  attribute: "lifecycle_rule",
  absentCodes: ["NoSuchLifecycleConfiguration"],
  absent: { lifecycle_rule: [] },
  read: async (storage, bucket) => {
    const { Rules = [] } = await storage.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }),
    );
    refuseUnread(Rules);
    return Rules.length === 0 ? undefined : { lifecycle_rule: Rules.map(block) };
  },
  doing: puttingOrDeleting("lifecycle_rule"),
  write: (storage, bucket, data) => {
    const rules = data.blocks("lifecycle_rule").map(rule);
    return rules.length === 0
      ? storage.send(new DeleteBucketLifecycleCommand({ Bucket: bucket }))
      : storage.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket: bucket,
            LifecycleConfiguration: { Rules: rules },
          }),
        );
  },
};
