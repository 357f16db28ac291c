import { z } from "zod";

import { defaultedGroup, field, group, reason, wholeNumber } from "./field.ts";

const objectLockSchema = group(
  "Object lock of a bucket: the retention that every new object gets.",
  {
    mode: field(z.enum(["GOVERNANCE", "COMPLIANCE"]), {
      meaning:
        "`GOVERNANCE` can be bypassed by an administrator with the permission to do so; `COMPLIANCE` by nobody until the days are over.",
      unit: "mode",
    }),
    days: field(wholeNumber(1, 36_500), {
      meaning: "How long each version of an object cannot be deleted.",
      unit: "days",
    }),
  },
);

const mastersSchema = defaultedGroup("The originals: what cannot be made again.", {
  versioning: field(z.boolean().default(true), {
    meaning: "Keeps every version, so that an overwritten or deleted master can be brought back.",
    unit: "switch",
  }),
  versioningReason: reason("masters are kept without versions"),
  objectLock: field(objectLockSchema.optional(), {
    meaning:
      "Makes masters undeletable for a time. Decided when the bucket is created: adding it later replaces the bucket, which the plan refuses; left out later it stays on the bucket, which the plan says. Production needs it, or `unlockedReason`.",
    unit: "group",
  }),
  unlockedReason: reason("masters of production may be deleted at any time"),
});

const backupsSchema = defaultedGroup("The database's dumps.", {
  objectLock: field(objectLockSchema.optional(), {
    meaning:
      "Makes dumps undeletable for a time, at most as long as they are kept. Decided when the bucket is created: for one that stands without, write `unlockedReason`.",
    unit: "group",
  }),
  unlockedReason: reason("dumps may be deleted at any time"),
});

const retentionSchema = defaultedGroup(
  "When objects go. Wasabi bills every object for at least 90 days, so shorter times tidy up without saving money.",
  {
    stagingDays: field(wholeNumber(1, 3650).default(7), {
      meaning: "Uploads that were never promoted to masters are deleted after this time.",
      unit: "days",
    }),
    incompleteUploadDays: field(wholeNumber(1, 365).default(3), {
      meaning: "Multipart uploads that were never completed are aborted after this time.",
      unit: "days",
    }),
    previewsDays: field(wholeNumber(1, 3650).default(365), {
      meaning: "Previews are deleted after this time; they can be made again from the masters.",
      unit: "days",
    }),
    backupsDays: field(wholeNumber(1, 3650).default(30), {
      meaning: "Logical database dumps are deleted after this time.",
      unit: "days",
    }),
    replacedVersionDays: field(wholeNumber(1, 3650).default(7), {
      meaning:
        "Replaced or deleted versions outside masters are kept this long, to undo a mistake. Versions of masters are never deleted.",
      unit: "days",
    }),
  },
);

/** Wasabi buckets and retention. */
export const storageSchema = group(
  "Media storage on Wasabi: staging, masters, previews, backups.",
  {
    bucketPrefix: field(z.string(), {
      meaning:
        "First part of every bucket name; `-staging`, `-masters`, `-previews` and `-backups` follow. Bucket names are shared by all customers of Wasabi, and a rename would mean copying every object.",
      unit: "name",
      examples: ["northlight-mam-production", "northlight-mam-staging"],
    }),
    masters: mastersSchema,
    backups: backupsSchema,
    retention: retentionSchema,
    uploadCorsMaxAgeSeconds: field(wholeNumber(0, 86_400).default(3600), {
      meaning: "How long a browser may remember that the app's host is allowed to upload.",
      unit: "seconds",
    }),
  },
);
