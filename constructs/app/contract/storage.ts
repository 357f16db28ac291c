import { regions } from "../../../environments/platform/regions.ts";
import { type StorageTier, bucketName } from "../../storage/tiers.ts";
import {
  type ContractVariable,
  fromConfig,
  computed,
  storageKey,
  storageKeyId,
} from "./variable.ts";

const bucket = (tier: StorageTier) =>
  computed("`storage.bucketPrefix`", ({ config }) => bucketName(config, tier));

const wasabiRegion = computed(
  "`network.region`",
  ({ config }) => regions[config.network.region].wasabi,
);

/** How the components reach media, each with the keys of its own roles and no others. */
export const storageVariables: readonly ContractVariable[] = [
  {
    name: "WASABI_ENDPOINT",
    components: ["frontend", "api", "worker", "edge", "backup"],
    source: computed(
      "`network.region`",
      ({ config }) => `https://s3.${regions[config.network.region].wasabi}.wasabisys.com`,
    ),
    meaning:
      "S3 endpoint; path style. Clients send checksums only when required. The frontend names it in the page's content security policy: browsers upload there and to no other foreign host.",
  },
  {
    name: "WASABI_REGION",
    components: ["api", "worker", "edge", "backup"],
    source: wasabiRegion,
    meaning: "Region to sign for.",
  },
  {
    name: "STAGING_BUCKET",
    components: ["api"],
    source: bucket("staging"),
    meaning: "Where browsers upload to.",
  },
  {
    name: "MASTERS_BUCKET",
    components: ["api", "worker"],
    source: bucket("masters"),
    meaning: "Accepted originals.",
  },
  {
    name: "PREVIEWS_BUCKET",
    components: ["api", "worker", "edge"],
    source: bucket("previews"),
    meaning: "Previews made from masters.",
  },
  {
    name: "WASABI_STAGING_ACCESS_KEY",
    components: ["api"],
    source: storageKeyId("uploader"),
    meaning: "Access key that signs browser uploads.",
  },
  {
    name: "WASABI_STAGING_SECRET",
    components: ["api"],
    source: storageKey("uploader", "WASABI_STAGING_ACCESS_KEY"),
    meaning: "Its secret.",
  },
  {
    name: "WASABI_MASTERS_ACCESS_KEY",
    components: ["api"],
    source: storageKeyId("promoter"),
    meaning: "Access key that copies from staging to masters.",
  },
  {
    name: "WASABI_MASTERS_SECRET",
    components: ["api"],
    source: storageKey("promoter", "WASABI_MASTERS_ACCESS_KEY"),
    meaning: "Its secret.",
  },
  {
    name: "WASABI_PREVIEWS_ACCESS_KEY",
    components: ["worker"],
    source: storageKeyId("transcoder"),
    meaning: "Access key that reads masters and writes previews.",
  },
  {
    name: "WASABI_PREVIEWS_SECRET",
    components: ["worker"],
    source: storageKey("transcoder", "WASABI_PREVIEWS_ACCESS_KEY"),
    meaning: "Its secret.",
  },
  {
    name: "WASABI_PREVIEWS_ACCESS_KEY",
    components: ["edge"],
    source: storageKeyId("edge-reader"),
    meaning: "Access key that reads previews.",
  },
  {
    name: "WASABI_PREVIEWS_SECRET",
    components: ["edge"],
    source: storageKey("edge-reader", "WASABI_PREVIEWS_ACCESS_KEY"),
    meaning: "Its secret.",
  },
  {
    name: "BACKUPS_BUCKET",
    components: ["backup"],
    source: bucket("backups"),
    meaning: "The database's dumps.",
  },
  {
    name: "WASABI_BACKUPS_ACCESS_KEY",
    components: ["backup"],
    source: storageKeyId("backup-writer"),
    meaning: "Access key that writes dumps, and can neither read nor delete one.",
  },
  {
    name: "WASABI_BACKUPS_SECRET",
    components: ["backup"],
    source: storageKey("backup-writer", "WASABI_BACKUPS_ACCESS_KEY"),
    meaning: "Its secret.",
  },
  {
    name: "BACKUP_HOUR",
    components: ["backup"],
    source: fromConfig("services.backup.hour"),
    meaning: "Hour of the nightly dump, in UTC.",
  },
  {
    name: "BACKUP_RETENTION_DAYS",
    components: ["backup"],
    source: fromConfig("storage.retention.backupsDays"),
    meaning: "Days after which the bucket deletes a dump; it stands in the dump's manifest.",
  },
  {
    name: "BACKUP_LOCK_DAYS",
    components: ["backup"],
    source: computed("`storage.backups.objectLock.days`, or 0", ({ config }) =>
      String(config.storage.backups.objectLock?.days ?? 0),
    ),
    meaning: "Days for which the bucket lets nobody delete a dump; 0 without object lock.",
  },
  {
    name: "OBJECT_LOCK_DEFAULT_DAYS",
    components: ["api"],
    source: computed("`storage.masters.objectLock.days`, or 0", ({ config }) =>
      String(config.storage.masters.objectLock?.days ?? 0),
    ),
    meaning: "Days for which a new master cannot be deleted; 0 without object lock.",
  },
  {
    name: "UPLOAD_MAX_BYTES",
    components: ["api"],
    source: fromConfig("services.api.uploads.maximumObjectGib", 1024 ** 3),
    meaning:
      "Largest upload to sign: a larger file is refused before anything is signed (docs/uploads.md).",
  },
  {
    name: "UPLOAD_PART_BYTES",
    components: ["api"],
    source: fromConfig("services.api.uploads.partSizeMib", 1024 ** 2),
    meaning:
      "Part size of multipart uploads. Each part is signed with its own length, so that storage refuses a larger one (docs/uploads.md).",
  },
  {
    name: "UPLOAD_URL_TTL_SECONDS",
    components: ["api"],
    source: fromConfig("secrets.lifetimes.uploadUrlSeconds"),
    meaning: "Lifetime of presigned upload URLs.",
  },
];
