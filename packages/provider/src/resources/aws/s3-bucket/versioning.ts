import {
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  type VersioningConfiguration,
} from "@aws-sdk/client-s3";
import { flagIn, type ResourceData } from "../../../engine/data.ts";
import type { WritableSetting } from "./setting.ts";

/** What to write; undefined when a new bucket is as wanted already. */
function configuration(data: ResourceData): VersioningConfiguration | undefined {
  const [block] = data.blocks("versioning");
  if (block === undefined) return undefined;
  const [enabled, mfaDelete] = [flagIn(block, "enabled"), flagIn(block, "mfa_delete")];
  if (!data.isNew) {
    return {
      Status: enabled ? "Enabled" : "Suspended",
      MFADelete: mfaDelete ? "Enabled" : "Disabled",
    };
  }
  if (!enabled && !mfaDelete) return undefined;
  return {
    ...(enabled ? { Status: "Enabled" } : {}),
    ...(mfaDelete ? { MFADelete: "Enabled" } : {}),
  };
}

/** Whether replaced and deleted objects are kept. */
export const versioning: WritableSetting = {
  title: "versioning",
  attribute: "versioning",
  absentCodes: [],
  absent: { versioning: [] },
  read: async (storage, bucket) => {
    const { Status, MFADelete } = await storage.send(
      new GetBucketVersioningCommand({ Bucket: bucket }),
    );
    return {
      versioning: [{ enabled: Status === "Enabled", mfa_delete: MFADelete === "Enabled" }],
    };
  },
  doing: () => "putting",
  write: async (storage, bucket, data) => {
    const wanted = configuration(data);
    if (wanted === undefined) return;
    await storage.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: wanted }),
    );
  },
};
