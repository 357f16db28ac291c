import { type StorageRoleName, storageRoleNames } from "../../environments/schema/rotation.ts";
import type { StorageTier } from "./tiers.ts";

/** What a role may do to the objects of one tier. */
export interface TierGrant {
  readonly tier: StorageTier;
  readonly actions: readonly string[];
}

const read = ["s3:GetObject"];

/** Multipart uploads are begun, continued and completed as PutObject; giving one up is an action of its own. */
const write = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];

/**
 * Who may do what to media. One role for each step of the pipeline, so that a stolen key opens one step only: nobody
 * who reads from outside can write, nobody deletes, nobody lists.
 */
export const serviceRoles = {
  uploader: {
    purpose: "The API signs browser uploads with it.",
    grants: [{ tier: "staging", actions: write }],
  },
  promoter: {
    purpose: "The API copies accepted uploads from staging to masters with it.",
    grants: [
      { tier: "staging", actions: read },
      { tier: "masters", actions: write },
    ],
  },
  transcoder: {
    purpose: "The worker reads masters and writes previews with it.",
    grants: [
      { tier: "masters", actions: read },
      { tier: "previews", actions: write },
    ],
  },
  "edge-reader": {
    purpose: "The edge streams previews with it.",
    grants: [{ tier: "previews", actions: read }],
  },
  "backup-writer": {
    purpose: "Database dumps are written with it.",
    grants: [{ tier: "backups", actions: write }],
  },
} as const satisfies Record<StorageRoleName, { purpose: string; grants: readonly TierGrant[] }>;

/** Name of a service role. */
export type ServiceRole = StorageRoleName;

/** Every service role, in the pipeline's order. */
export const serviceRoleNames: readonly ServiceRole[] = storageRoleNames;

/** The roles that have any business with a tier. */
export function rolesOfTier(tier: StorageTier): ServiceRole[] {
  return serviceRoleNames.filter((role) =>
    serviceRoles[role].grants.some((grant) => grant.tier === tier),
  );
}
