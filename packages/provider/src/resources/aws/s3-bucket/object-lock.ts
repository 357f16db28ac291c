import {
  GetObjectLockConfigurationCommand,
  PutObjectLockConfigurationCommand,
  type DefaultRetention,
  type ObjectLockConfiguration,
} from "@aws-sdk/client-s3";
import {
  blocksOf,
  numberIn,
  textIn,
  type Plain,
  type PlainBlock,
  type ResourceData,
} from "../../../engine/data.ts";
import type { WritableSetting } from "./setting.ts";

const ATTRIBUTE = "object_lock_configuration";

function retention(block: PlainBlock): DefaultRetention {
  const [days, years] = [numberIn(block, "days"), numberIn(block, "years")];
  return {
    Mode: textIn(block, "mode") === "COMPLIANCE" ? "COMPLIANCE" : "GOVERNANCE",
    ...(days > 0 ? { Days: days } : {}),
    ...(years > 0 ? { Years: years } : {}),
  };
}

function configuration(data: ResourceData): ObjectLockConfiguration {
  const [block] = data.blocks(ATTRIBUTE);
  const [rule] = blocksOf(block?.rule);
  const [kept] = blocksOf(rule?.default_retention);
  return {
    ...(locks(block) ? { ObjectLockEnabled: "Enabled" } : {}),
    ...(kept ? { Rule: { DefaultRetention: retention(kept) } } : {}),
  };
}

function locks(block: PlainBlock | undefined): boolean {
  return block !== undefined && textIn(block, "object_lock_enabled") === "Enabled";
}

/** Whether a new bucket is made with Object Lock: it cannot be had later. */
export function isCreatedLocked(data: ResourceData): boolean {
  return data.flag("object_lock_enabled") || data.blocks(ATTRIBUTE).some(locks);
}

function ruleBlocks(held: ObjectLockConfiguration): Plain {
  const kept = held.Rule?.DefaultRetention;
  if (kept === undefined) return [];
  return [{ default_retention: [{ days: kept.Days, mode: kept.Mode, years: kept.Years }] }];
}

/** How long objects are locked unless whoever writes them says so. It cannot be taken away. */
export const objectLock: WritableSetting = {
  title: "object lock configuration",
  attribute: ATTRIBUTE,
  absentCodes: ["ObjectLockConfigurationNotFound", "ObjectLockConfigurationNotFoundError"],
  absent: { [ATTRIBUTE]: [], object_lock_enabled: false },
  read: async (storage, bucket) => {
    const { ObjectLockConfiguration: held } = await storage.send(
      new GetObjectLockConfigurationCommand({ Bucket: bucket }),
    );
    if (held === undefined) return undefined;
    const block = { object_lock_enabled: held.ObjectLockEnabled, rule: ruleBlocks(held) };
    return { [ATTRIBUTE]: [block], object_lock_enabled: held.ObjectLockEnabled === "Enabled" };
  },
  doing: () => "putting",
  write: (storage, bucket, data) =>
    storage.send(
      new PutObjectLockConfigurationCommand({
        Bucket: bucket,
        ObjectLockConfiguration: configuration(data),
      }),
    ),
};
